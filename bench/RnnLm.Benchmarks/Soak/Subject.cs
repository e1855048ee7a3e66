namespace RnnLm.Benchmarks.Soak;

/// <summary>A model that all threads share, and what it is asked.</summary>
/// <param name="Name">The name, for people to read.</param>
/// <param name="Model">The model.</param>
sealed record Subject(string Name, LanguageModel Model)
{
    public Questions Questions { get; } = new(Model.Vocabulary);

    /// <summary>A model that has learned nothing, and yet has its preferences: its weights are great enough.</summary>
    public static LanguageModel Create(NetworkShape shape)
    {
        var weights = WeightInitialization.Create(shape, seed: 1);
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value *= 4;
        return new LanguageModel(
            Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", .. Enumerable.Range(2, shape.VocabularySize - 2).Select(id => $"w{id}")]), weights);
    }
}
