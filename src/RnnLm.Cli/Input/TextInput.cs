using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>Text that a command reads: files one after the other; <c>-</c>, and no file at all, mean standard input.</summary>
sealed class TextInput(params IReadOnlyList<string> paths)
{
    /// <summary>The name of a file that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The lines.</summary>
    public IEnumerable<string> ReadLines(Terminal terminal, CancellationToken cancellation) => ReadAvailable(terminal, cancellation).SelectMany(lines => lines);

    /// <summary>The lines, as many together as are there without waiting for more: someone may be waiting for the answers to them.</summary>
    public IEnumerable<IReadOnlyList<string>> ReadAvailable(Terminal terminal, CancellationToken cancellation)
        => LineQueue.Read(ReadAll(terminal), cancellation);

    private IEnumerable<string> ReadAll(Terminal terminal)
    {
        foreach (var path in paths.Count == 0 ? [StandardInput] : paths)
        {
            var lines = path == StandardInput ? TextLines.Read(terminal.OpenInput(), "standard input") : TextLines.Read(path);
            foreach (var line in lines) yield return line;
        }
    }
}
