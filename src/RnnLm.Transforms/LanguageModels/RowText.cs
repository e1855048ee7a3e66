using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>A row as it was written: a text, or words.</summary>
internal static class RowText
{
    /// <summary>The text of a row of text.</summary>
    public static string TextOf(in VBuffer<ReadOnlyMemory<char>> row) => row.GetItemOrDefault(0).ToString();

    /// <summary>The words of a row of words or keys, read as their encoding reads them.</summary>
    /// <param name="row">The row.</param>
    /// <param name="payload">The model, and what the input column holds.</param>
    public static string[] WordsOf(in VBuffer<ReadOnlyMemory<char>> row, LanguageModelPayload payload)
    {
        var words = new List<string>();
        foreach (var word in row.DenseValues())
        {
            if (!word.IsEmpty) words.Add(word.ToString());
            else if (payload.Input == InputKind.Keys) words.Add(payload.Model.Vocabulary.UnknownWord);
        }
        return [.. words];
    }
}
