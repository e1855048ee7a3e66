using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Training;

/// <summary>The vocabulary that a column of keys brings with it.</summary>
internal static class KeyVocabulary
{
    /// <summary>
    /// The key values as a vocabulary, where they are one: the first two are the special words, as the vocabulary estimator puts them.
    /// Null where they are values like any others.
    /// </summary>
    public static Vocabulary? Find(DataViewSchema.Column column, VocabularyOptions options)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref values);
        string[] words = [.. values.DenseValues().Select(value => value.ToString())];
        var isVocabulary = words.Length > 2
            && words[Vocabulary.UnknownId] == options.UnknownWord && words[Vocabulary.EndOfLineId] == options.EndOfLineWord
            && words.All(word => word.Length > 0) && words.Distinct().Count() == words.Length;
        return isVocabulary ? new Vocabulary(words) : null;
    }
}
