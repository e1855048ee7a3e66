using System.CommandLine;

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--output</c>: the model file that a command writes.</summary>
static class OutputFlag
{
    public static void Output(this FlagSet flags, Action<string> set)
        => flags.Add(new Option<string>("--output", "-o") { Description = "The model file to write.", Required = true }, set);
}
