namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--output</c>: the model file that a command writes.</summary>
static class OutputFlag
{
    public static void Output(this FlagSet flags, Action<string> set) => flags.OutputFileFlag("--output", ["-o"], "The model file to write.", set);
}
