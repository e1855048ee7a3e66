namespace RnnLm.Cli.Output;

/// <summary>Where a command reads from and writes to; results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="openInput">Opens standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
sealed class Terminal(Func<Stream> openInput, TextWriter output, TextWriter error)
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    /// <summary>Whether standard input is a person at a keyboard.</summary>
    public bool IsInputInteractive { get; init; }

    /// <summary>Whether standard error is a screen, where a live progress bar makes sense.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>Whether standard output is a screen, where something can be drawn.</summary>
    public bool IsOutputInteractive { get; init; }

    /// <summary>Whether that screen shows more characters than those of ASCII.</summary>
    public bool IsUnicode { get; init; }

    /// <summary>Whether that screen shows colours, and nobody has asked for none.</summary>
    public bool HasColors { get; init; }

    /// <summary>The number of columns of the screen.</summary>
    public int Width => SizeOf(() => Console.WindowWidth, UsualWidth);

    /// <summary>The number of lines of the screen.</summary>
    public int Height => SizeOf(() => Console.WindowHeight, UsualHeight);

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public Stream OpenInput() => openInput();

    /// <summary>Writes a line of results; what text is in it is shown as <see cref="Printable.Line"/> has it.</summary>
    public void Show(FormattableString line) => Out.WriteLine(Printable.Invariant(line));

    private static int SizeOf(Func<int> ask, int usual)
    {
        ScreenCapabilities.LeaveKeysAlone();
        try
        {
            return ask() is > 0 and var size ? size : usual;
        }
        catch (Exception fault) when (fault is IOException or PlatformNotSupportedException)
        {
            return usual;
        }
    }

    /// <summary>Says something beside the results.</summary>
    public void Tell(string message)
    {
        Error.WriteLine(Printable.Message(message));
        Error.Flush();
    }
}
