namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--output</c>: the model file that a command writes.</summary>
static class OutputFlag
{
    /// <param name="flags">Where the flag is declared.</param>
    /// <param name="set">Takes the path.</param>
    /// <param name="isRequired">Whether it cannot be left out.</param>
    public static void Output(this FlagSet flags, Action<string> set, bool isRequired = true)
        => flags.OutputFileFlag("--output", ["-o"], "The model file to write.", set, isRequired, Placeholder.Model);
}
