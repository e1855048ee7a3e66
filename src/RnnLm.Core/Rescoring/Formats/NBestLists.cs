using RnnLm.Rescoring.Formats;

namespace RnnLm;

/// <summary>
/// Reads and writes n-best lists and transcripts as plain text. Reading is strict: whatever is not as the format has it is refused with the name of the file and the
/// number of the line. What was written is read back as it was, and what cannot be written so is refused.
/// </summary>
public static class NBestLists
{
    /// <summary>The lists of a file, read while they are enumerated, each time anew.</summary>
    /// <param name="path">The file: UTF-8.</param>
    /// <param name="format">Its format.</param>
    /// <param name="scores">Files of scores, for formats that have them apart.</param>
    /// <exception cref="ArgumentException">There are files of scores, and the format has them in its lines.</exception>
    /// <exception cref="IOException">A file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="InvalidDataException">While the lists are enumerated: a line is not as the format has it. The lists that were whole before it have come.</exception>
    public static IEnumerable<NBestList> Read(string path, NBestFormat format = NBestFormat.TabSeparated, params IReadOnlyList<string> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return Read(TextLines.Read(path), format, path, [.. scores.Select(file => (file, TextLines.Read(file)))]);
    }

    /// <summary>The lists of lines, read while they are enumerated, each time anew.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="format">Their format.</param>
    /// <param name="name">What error messages call them.</param>
    /// <param name="scores">Lines of scores, for formats that have them apart.</param>
    /// <exception cref="ArgumentException">There are lines of scores, and the format has them in its own.</exception>
    /// <exception cref="InvalidDataException">While the lists are enumerated: a line is not as the format has it. The lists that were whole before it have come.</exception>
    public static IEnumerable<NBestList> Read(
        IEnumerable<string> lines, NBestFormat format = NBestFormat.TabSeparated, string name = "n-best lists", IReadOnlyList<IEnumerable<string>>? scores = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Read(lines, format, name, [.. (scores ?? []).Select((file, index) => ($"scores {index + 1}", file ?? throw new ArgumentException($"The lines of scores at index {index} are null.", nameof(scores))))]);
    }

    /// <summary>The transcripts of a file, by the names of their utterances: what was really said.</summary>
    /// <param name="path">The file: UTF-8.</param>
    /// <param name="format">Its format.</param>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="InvalidDataException">A line is not as the format has it, or an utterance comes twice.</exception>
    public static IReadOnlyDictionary<string, string> ReadTranscripts(string path, NBestFormat format = NBestFormat.TabSeparated)
        => TranscriptReader.Read(TextLines.Read(path), format, path);

    /// <summary>The transcripts of lines, by the names of their utterances.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="format">Their format.</param>
    /// <param name="name">What error messages call them.</param>
    /// <exception cref="InvalidDataException">A line is not as the format has it, or an utterance comes twice.</exception>
    public static IReadOnlyDictionary<string, string> ReadTranscripts(IEnumerable<string> lines, NBestFormat format = NBestFormat.TabSeparated, string name = "transcripts")
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return TranscriptReader.Read(lines, format, name);
    }

    /// <summary>Writes a list.</summary>
    /// <param name="writer">Receives its lines.</param>
    /// <param name="list">The list.</param>
    /// <param name="format">The format.</param>
    /// <param name="scores">Receive the scores, one for each, of formats that have them apart; none, and they are left out.</param>
    /// <exception cref="ArgumentException">
    /// The list has what the format cannot hold, such as a tab in a text or a reference, or there are not as many writers as scores.
    /// </exception>
    public static void Write(TextWriter writer, NBestList list, NBestFormat format = NBestFormat.TabSeparated, params IReadOnlyList<TextWriter> scores)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(scores);
        NBestWriter.Write(writer, list, format, scores);
    }

    /// <summary>Writes a transcript, such as the best hypothesis of an utterance, for a program that counts errors.</summary>
    /// <param name="writer">Receives its line.</param>
    /// <param name="utterance">The utterance's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">The name or the text has what the format cannot hold.</exception>
    public static void WriteTranscript(TextWriter writer, string utterance, string text, NBestFormat format = NBestFormat.TabSeparated)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(text);
        NBestWriter.WriteTranscript(writer, utterance, text, format);
    }

    private static IEnumerable<NBestList> Read(IEnumerable<string> lines, NBestFormat format, string name, IReadOnlyList<(string Name, IEnumerable<string> Lines)> scores)
    {
        // What is wrong with the format is told when the lists are asked for, not when they are enumerated.
        CreateReader().Dispose();
        return ReadAll();

        // Every enumeration reads from the beginning.
        NBestReader CreateReader() => NBestReader.Create(format, name, [.. scores.Select(file => new ScoreLines(file.Name, file.Lines))]);

        IEnumerable<NBestList> ReadAll()
        {
            using var reader = CreateReader();
            foreach (var line in lines)
            {
                if (reader.Add(line, out var fault) is { } list) yield return list;
                if (fault is not null) throw fault;
            }
            if (reader.Finish(out var unfinished) is { } last) yield return last;
            if (unfinished is not null) throw unfinished;
        }
    }
}
