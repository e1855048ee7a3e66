namespace RnnLm.Benchmarks;

/// <summary>The flags of a verb that takes some.</summary>
static class Flags
{
    /// <summary>Does what the flags ask for, or says what is wrong with them.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="parse">Reads them; an <see cref="ArgumentException"/> says what is wrong.</param>
    /// <param name="run">Does it, and gives the exit code.</param>
    /// <returns>The exit code: 2 where the flags are wrong.</returns>
    public static int Run<TOptions>(IReadOnlyList<string> flags, Func<IReadOnlyList<string>, TOptions> parse, Func<TOptions, int> run)
    {
        TOptions options;
        try
        {
            options = parse(flags);
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
        return run(options);
    }
}
