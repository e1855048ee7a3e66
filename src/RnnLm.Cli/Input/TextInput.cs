using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>Text that a command reads: files one after the other; <c>-</c>, and no file at all, mean standard input.</summary>
sealed class TextInput(params IReadOnlyList<string> paths)
{
    private const string StandardInput = "-";

    /// <summary>Whether standard input is read, among files or alone.</summary>
    public bool IncludesStandardInput => paths.Count == 0 || paths.Contains(StandardInput);

    public IEnumerable<string> ReadLines(Terminal terminal)
    {
        foreach (var path in paths.Count == 0 ? [StandardInput] : paths)
        {
            var lines = path == StandardInput ? TextLines.Read(terminal.OpenInput(), "standard input") : TextLines.Read(path);
            foreach (var line in lines) yield return line;
        }
    }
}
