using RnnLm.Cli.Output;
using RnnLm.Rescoring.Formats;

namespace RnnLm.Cli.Input;

/// <summary>N-best lists that a command reads: a file, or standard input.</summary>
/// <param name="format">Their format.</param>
/// <param name="path">The file; null and <c>-</c> mean standard input.</param>
/// <param name="scorePaths">Files of scores.</param>
sealed class NBestInput(NBestFormat format, string? path = null, params IReadOnlyList<string> scorePaths)
{
    /// <summary>The lists, as many together as are there without waiting for more: someone may be waiting for the answers to them.</summary>
    /// <exception cref="InvalidDataException">A line is not as the format has it; the lists that were whole before it have come.</exception>
    public IEnumerable<IReadOnlyList<NBestList>> ReadAvailable(Terminal terminal, CancellationToken cancellation)
    {
        var isStandardInput = path is null or TextInput.StandardInput;
        using var reader = NBestReader.Create(
            format, isStandardInput ? "standard input" : path!, [.. scorePaths.Select(scores => new ScoreLines(scores, LinesOf(scores, terminal)))]);
        var input = isStandardInput ? new TextInput() : new TextInput(path!);
        foreach (var lines in input.ReadAvailable(terminal, cancellation))
        {
            var (complete, fault) = ReadAll(reader, lines);
            if (complete.Count > 0) yield return complete;
            if (fault is not null) throw fault;
        }
        if (reader.Finish(out var unfinished) is { } last) yield return [last];
        if (unfinished is not null) throw unfinished;
    }

    /// <summary>The lists that lines end, up to one that is not right, and what is wrong with that.</summary>
    private static (List<NBestList> Complete, InvalidDataException? Fault) ReadAll(NBestReader reader, IReadOnlyList<string> lines)
    {
        var complete = new List<NBestList>();
        InvalidDataException? fault = null;
        foreach (var line in lines)
        {
            if (reader.Add(line, out fault) is { } list) complete.Add(list);
            if (fault is not null) break;
        }
        return (complete, fault);
    }

    private static IEnumerable<string> LinesOf(string file, Terminal terminal)
        => file == TextInput.StandardInput ? TextLines.Read(terminal.OpenInput(), "standard input") : TextLines.Read(file);
}
