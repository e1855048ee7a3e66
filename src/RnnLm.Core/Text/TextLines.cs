using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Reads UTF-8 text line by line. <c>\n</c>, <c>\r\n</c> and <c>\r</c> end a line, nothing else does: U+0085, U+2028 and U+2029 are white space
/// in a line. A line end at the very end begins no further line; a byte order mark is dropped. What is not UTF-8 is refused, never
/// replaced, and the message says what it looks like and what to do.
/// </summary>
public static class TextLines
{
    /// <summary>The lines of a file. The file is opened when the lines are enumerated, each time anew.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is that of a folder or, while the lines are enumerated, the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">While the lines are enumerated: the file may not be read.</exception>
    /// <exception cref="InvalidDataException">While the lines are enumerated: the file is not UTF-8; the message gives file, line and byte.</exception>
    public static IEnumerable<string> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new IOException($"\"{path}\" is a folder; name a text file in it.");
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file \"{path}\" (looked for at \"{Path.GetFullPath(path)}\").", path);
        return ReadFile(path);
    }

    /// <summary>The lines of a stream, from where it stands to its end. The stream is read while the lines are enumerated, and is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">While the lines are enumerated: the text is not UTF-8; the message gives line and byte.</exception>
    public static IEnumerable<string> Read(Stream stream, string name = "standard input")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!stream.CanRead) throw new ArgumentException("The stream cannot be read.", nameof(stream));
        return ReadStream(stream, name);
    }

    /// <summary>The lines of a file, each for itself, as <see cref="ReadApart(Stream, string)"/> has those of a stream.</summary>
    internal static IEnumerable<(string? Line, string? Fault)> ReadApart(string path)
    {
        using var stream = Open(path);
        foreach (var line in ReadApart(stream, path)) yield return line;
    }

    /// <summary>The lines of a stream, each for itself: a line feed alone ends one, and one that cannot be read comes as its fault, with its number, in its place.</summary>
    /// <exception cref="InvalidDataException">While the lines are enumerated: the first of them shows that all is no UTF-8.</exception>
    internal static IEnumerable<(string? Line, string? Fault)> ReadApart(Stream stream, string name)
    {
        var reader = new Utf8LineReader(stream, name, linesApart: true);
        while (Next(reader) is var next && next != default) yield return next;

        static (string? Line, string? Fault) Next(Utf8LineReader reader)
        {
            try
            {
                return (reader.ReadLine(), null);
            }
            catch (InvalidLineException fault)
            {
                return (null, fault.Message);
            }
        }
    }

    private static IEnumerable<string> ReadFile(string path)
    {
        using var stream = Open(path);
        foreach (var line in ReadStream(stream, path)) yield return line;
    }

    private static FileStream Open(string path)
    {
        try
        {
            // The line reader has a buffer of its own.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The file \"{path}\" may not be read: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> ReadStream(Stream stream, string name)
    {
        var reader = new Utf8LineReader(stream, name);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
