namespace RnnLm.Cli.Output;

/// <summary>What <c>rnnlm</c> tells the shell.</summary>
static class ExitCode
{
    /// <summary>All is done, or whoever read standard output had enough of it.</summary>
    public const int Done = 0;

    /// <summary>Bad input, an unreadable or unwritable file, a training that failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; nothing has been read or written.</summary>
    public const int Misused = 2;

    /// <summary>Ctrl-C, or another request to end; <c>train</c> has written the best model so far, if there is one.</summary>
    public const int Interrupted = 130;
}
