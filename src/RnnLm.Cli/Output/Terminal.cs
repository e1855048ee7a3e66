namespace RnnLm.Cli.Output;

/// <summary>Where a command reads from and writes to; results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="openInput">Opens standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
sealed class Terminal(Func<Stream> openInput, TextWriter output, TextWriter error)
{
    private const int UsualWidth = 80;

    /// <summary>Whether standard input is a person at a keyboard.</summary>
    public bool IsInputInteractive { get; init; }

    /// <summary>Whether standard error is a screen, where a live progress bar makes sense.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>The number of columns of the screen.</summary>
    public int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public Stream OpenInput() => openInput();

    /// <summary>Writes a line of results; what text is in it is shown as <see cref="Printable.Line"/> has it.</summary>
    public void Show(FormattableString line) => Out.WriteLine(Printable.Invariant(line));

    /// <summary>Says something beside the results.</summary>
    public void Tell(string message)
    {
        Error.WriteLine(Printable.Message(message));
        Error.Flush();
    }
}
