using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>The words or keys of a row as the pieces of words that a model of subwords reads.</summary>
internal static class RowPieces
{
    /// <summary>The pieces. Words that are whole are split, as the text that they are joined to is; empty words are passed over, but for keys, of which they are missing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="payload">The model, and what the input column holds.</param>
    public static IReadOnlyList<string> Of(in VBuffer<ReadOnlyMemory<char>> row, LanguageModelPayload payload)
    {
        var model = payload.Model;
        string[] words = [.. row.DenseValues().Select(word => word.ToString())];
        if (payload.Input != InputKind.Keys || words.All(word => word.Length > 0)) return [.. model.Tokenizer.WordsOf(words).OfType<string>()];
        return words.Any(word => SubwordTokenizer.EndsWord(word))
            ? [.. words.Select(word => word.Length > 0 ? word : model.Vocabulary.UnknownWord)]
            : SplitAround(words, model);
    }

    /// <summary>Splits the whole words between missing keys, each of which is an unknown word.</summary>
    private static List<string> SplitAround(string[] words, LanguageModel model)
    {
        const string Before = "a";
        var pieces = new List<string>();
        var piecesBefore = model.Tokenizer.WordsOf([Before]).Count();
        for (var begin = 0; begin < words.Length;)
        {
            var end = Array.FindIndex(words, begin, word => word.Length == 0);
            if (end < 0) end = words.Length;
            var run = words[begin..end];
            // What stands behind a missing key is not the beginning of the line, and has its white space.
            if (run.Length > 0) pieces.AddRange((begin == 0 ? model.Tokenizer.WordsOf(run) : model.Tokenizer.WordsOf([Before, .. run]).Skip(piecesBefore)).OfType<string>());
            if (end < words.Length) pieces.Add(model.Vocabulary.UnknownWord);
            begin = end + 1;
        }
        return pieces;
    }
}
