namespace RnnLm.Cli.Output;

/// <summary>What <c>rnnlm</c> tells the shell.</summary>
static class ExitCode
{
    /// <summary>All is done, or whoever read standard output had enough of it.</summary>
    public const int Done = 0;

    /// <summary>Bad input, an unreadable or unwritable file, a training that failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong: by itself, or for the files that it names. Nothing has been written.</summary>
    public const int Misused = 2;

    /// <summary>All is done but for some of the lines that were read, each of which is told of.</summary>
    public const int SomeFailed = 3;

    /// <summary>Ctrl-C, or another request to end; <c>train</c> has written the best model so far, if there is one.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them for the help.</summary>
    public static IReadOnlyList<(int Code, string Text)> Meanings { get; } =
    [
        (Done, "All is done."),
        (Failed, "The work failed: text or a model that cannot be used, a file that cannot be read or written, a training that failed."),
        (Misused, "The command line is wrong: a flag or a value that there is not, or that does not suit the other flags, the model or another file."),
        (SomeFailed, "Some of the lines that were read could not be answered, which is told of each; all others were."),
        (Interrupted, "Ctrl-C, or another request to end."),
    ];
}
