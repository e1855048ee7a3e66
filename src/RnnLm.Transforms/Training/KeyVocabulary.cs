using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Faults;

namespace RnnLm.Transforms.Training;

/// <summary>The vocabulary that a column of keys brings with it.</summary>
internal static class KeyVocabulary
{
    /// <summary>
    /// The key values as a vocabulary, where they are one: the first two are the special words, as the vocabulary estimator puts them.
    /// Null where they are values like any others.
    /// </summary>
    public static Vocabulary? Find(DataViewSchema.Column column, IReadOnlyList<string> specialWords)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref values);
        string[] words = [.. values.DenseValues().Select(value => value.ToString())];
        var isVocabulary = words.Length > 2
            && words[Vocabulary.UnknownId] == specialWords[Vocabulary.UnknownId] && words[Vocabulary.EndOfLineId] == specialWords[Vocabulary.EndOfLineId]
            && words.All(word => word.Length > 0) && words.Distinct().Count() == words.Length;
        return isVocabulary ? new Vocabulary(words) : null;
    }

    /// <summary>Throws where a vocabulary is neither that of the model that training goes on from nor begins with it: the same keys would be other words.</summary>
    /// <exception cref="ArgumentException">It is not, or does not.</exception>
    public static void RequireBeginning(Vocabulary vocabulary, Vocabulary known, string columnName)
    {
        var same = vocabulary.Zip(known).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same == known.Count) return;
        var there = same < vocabulary.Count ? $"its key {same + 1} is {Quotation.Of(vocabulary[same])}" : $"it has {vocabulary.Count} keys";
        throw new ArgumentException(
            $"The column \"{columnName}\" has keys of another vocabulary than InitialModel: {there}, and word {same + 1} of the model is {Quotation.Of(known[same])}. " +
            "Make the keys with the mapping that the model was trained behind, or give the words themselves.");
    }
}
