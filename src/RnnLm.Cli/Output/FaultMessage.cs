namespace RnnLm.Cli.Output;

/// <summary>What an exception says, without what it says to programmers.</summary>
static class FaultMessage
{
    public static string Of(Exception fault)
    {
        var end = fault is ArgumentException { ParamName: not null } ? fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return end < 0 ? fault.Message : fault.Message[..end];
    }
}
