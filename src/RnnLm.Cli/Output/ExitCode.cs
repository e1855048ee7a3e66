namespace RnnLm.Cli.Output;

/// <summary>What <c>rnnlm</c> tells the shell.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>Bad input, an unreadable or unwritable file, a training that failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Misused = 2;

    /// <summary>Ctrl-C; <c>train</c> has written the best model so far.</summary>
    public const int Interrupted = 130;
}
