using System.Text;
using RnnLm.Faults;

namespace RnnLm.PyTorch;

/// <summary>
/// The vocabulary beside weights: UTF-8 text, a word a line in the order of the ids, every line ended by <c>\n</c>. Nothing is escaped or
/// trimmed: a word may be a space.
/// </summary>
internal static class VocabularyFile
{
    /// <summary>Reads the words.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mismatches">Receives every line without a word, and every word that occurs twice.</param>
    public static string[] Read(string path, List<string> mismatches)
    {
        string[] words = [.. TextLines.Read(path)];
        var lineOf = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        for (var line = 1; line <= words.Length; line++)
        {
            var word = words[line - 1];
            if (word.Length == 0) mismatches.Add($"Line {line} of the vocabulary is empty; it must have a word.");
            else if (!lineOf.TryAdd(word, line)) mismatches.Add($"The word {Quotation.Of(word)} occurs twice in the vocabulary, on lines {lineOf[word]} and {line}.");
        }
        return words;
    }

    /// <summary>The content of the file of a vocabulary.</summary>
    /// <exception cref="NotSupportedException">A word has a line break in it.</exception>
    public static byte[] Write(Vocabulary vocabulary)
    {
        var text = new StringBuilder();
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (vocabulary[id].AsSpan().ContainsAny('\n', '\r'))
                throw new NotSupportedException($"The vocabulary cannot be exported: the word with id {id} has a line break in it, and the file has a word a line.");
            text.Append(vocabulary[id]).Append('\n');
        }
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(text.ToString());
    }
}
