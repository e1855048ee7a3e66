namespace RnnLm.Benchmarks.Measurements;

/// <summary>A model that has learned nothing: as fast as any other of its sizes.</summary>
static class RandomModel
{
    public static LanguageModel Create(NetworkSetting network)
        => new(Tokenizer.Whitespace, VocabularyOf(network), network.RandomWeights());

    public static Vocabulary VocabularyOf(NetworkSetting network) => new(["<unk>", "<eos>", .. Enumerable.Range(2, network.Vocabulary - 2).Select(Word)]);

    /// <summary>The word of an id from 2 on.</summary>
    public static string Word(int id) => $"w{id}";
}
