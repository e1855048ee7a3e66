namespace RnnLm.Faults;

/// <summary>Reports every fault of a set of options at once.</summary>
internal static class OptionFaults
{
    public static void Throw(IEnumerable<string> faults, string parameter)
    {
        var message = string.Join(Environment.NewLine, faults);
        if (message.Length > 0) throw new ArgumentOutOfRangeException(parameter, message);
    }
}
