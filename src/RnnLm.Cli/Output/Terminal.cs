namespace RnnLm.Cli.Output;

/// <summary>Where a command reads from and writes to; results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="openInput">Opens standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
sealed class Terminal(Func<Stream> openInput, TextWriter output, TextWriter error)
{
    /// <summary>Whether standard input is a person at a keyboard.</summary>
    public bool IsInputInteractive { get; init; }

    /// <summary>Whether standard error is a screen, where a live progress bar makes sense.</summary>
    public bool IsErrorInteractive { get; init; }

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public Stream OpenInput() => openInput();
}
