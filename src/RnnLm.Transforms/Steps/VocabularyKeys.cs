using Microsoft.ML;

namespace RnnLm.Transforms.Steps;

/// <summary>Words as keys whose values are a vocabulary in the order of its ids: the key of a word is its id and one.</summary>
internal static class VocabularyKeys
{
    /// <summary>The step that makes keys of words; what is not in the vocabulary gets a missing key.</summary>
    public static IEstimator<ITransformer> Create(MLContext mlContext, string name, string words, IReadOnlyList<string> vocabulary)
        => mlContext.Transforms.Conversion.MapValueToKey(
            name, words, maximumNumberOfKeys: vocabulary.Count,
            keyData: mlContext.Data.LoadFromEnumerable(vocabulary.Select(word => new KeyWord { Word = word })));

    private sealed class KeyWord
    {
        public string Word { get; set; } = "";
    }
}
