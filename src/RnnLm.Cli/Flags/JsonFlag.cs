namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--json</c>: results for a program to read.</summary>
static class JsonFlag
{
    public static void Json(this FlagSet flags, Action set) => flags.Switch("--json", "Write JSON, an object a line, and nothing else on standard output.", set);
}
