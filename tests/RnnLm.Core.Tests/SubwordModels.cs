namespace RnnLm.Tests;

/// <summary>Small models of subwords, of random weights.</summary>
internal static class SubwordModels
{
    public static readonly string[] Lines =
    [
        "the cat sat on the mat", "the cat saw the other cat, and the mat", "a hat, a bat and a rat sat there", "there was a cat in the hat", "that was the cat's mat",
    ];

    /// <summary>A tokenizer that has learned so many pieces beyond the bytes from <see cref="Lines"/>.</summary>
    public static SubwordTokenizer Tokenizer(int merges = 30)
        => RnnLm.Tokenizer.LearnSubwords(Lines, new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary + merges });

    /// <summary>A model; the greater <paramref name="sharpness"/> is, the more probable is what is most probable, and pieces that are favoured are more probable than others.</summary>
    public static LanguageModel Model(int merges = 30, int seed = 1, float sharpness = 1, params string[] favoured)
    {
        var builder = new TokenStreamBuilder(Tokenizer(merges));
        foreach (var line in Lines) builder.Add(line);
        var vocabulary = builder.BuildVocabulary();
        var weights = RandomModels.Weights(CellKind.Lstm, vocabulary.Count, seed: seed);
        foreach (var parameter in (NetworkParameter[])[weights.Output, weights.OutputBias])
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] *= sharpness;
        foreach (var piece in favoured) weights.OutputBias.Values[vocabulary.IdOf(piece)] += 5;
        return new LanguageModel(Tokenizer(merges), vocabulary, weights);
    }
}
