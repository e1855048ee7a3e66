using RnnLm.Cli.Filters;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>Text that a command reads: files one after the other; <c>-</c>, and no file at all, mean standard input.</summary>
sealed class TextInput(params IReadOnlyList<string> paths)
{
    /// <summary>The name of a file that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The files, as they are named.</summary>
    public IReadOnlyList<string> Files => paths;

    private IReadOnlyList<string> Paths => paths.Count == 0 ? [StandardInput] : paths;

    /// <summary>The lines.</summary>
    public IEnumerable<string> ReadLines(Terminal terminal, CancellationToken cancellation) => ReadAvailable(terminal, cancellation).SelectMany(lines => lines);

    /// <summary>The lines, as many together as are there without waiting for more: someone may be waiting for the answers to them.</summary>
    public IEnumerable<IReadOnlyList<string>> ReadAvailable(Terminal terminal, CancellationToken cancellation)
        => LineQueue<string>.Read(ReadAll(terminal), line => line.Length, cancellation);

    /// <summary>The lines as a filter takes them: each for itself, one that cannot be read with its fault. As many together as are there without waiting for more.</summary>
    public IEnumerable<IReadOnlyList<FilterLine>> ReadApart(FilterFormat format, Terminal terminal, CancellationToken cancellation)
        => LineQueue<FilterLine>.Read(ReadAllApart(format, terminal), line => line.Length, cancellation);

    private IEnumerable<string> ReadAll(Terminal terminal)
    {
        foreach (var path in Paths)
        {
            var lines = path == StandardInput ? TextLines.Read(terminal.OpenInput(), NameOf(path)) : TextLines.Read(path);
            foreach (var line in lines) yield return line;
        }
    }

    private IEnumerable<FilterLine> ReadAllApart(FilterFormat format, Terminal terminal)
    {
        foreach (var path in Paths)
        {
            var number = 0L;
            var lines = path == StandardInput ? TextLines.ReadApart(terminal.OpenInput(), NameOf(path)) : TextLines.ReadApart(path);
            foreach (var (line, fault) in lines)
            {
                number++;
                yield return line is null ? new FilterLine(Text: null, fault) : format.Read(line, FormattableString.Invariant($"{NameOf(path)}, line {number}"));
            }
        }
    }

    private static string NameOf(string path) => path == StandardInput ? "standard input" : path;
}
