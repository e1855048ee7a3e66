namespace RnnLm.Tests.Mixtures;

/// <summary>A mixture, and the same as plain loops.</summary>
/// <param name="Model">The mixture.</param>
/// <param name="CreatePlain">Makes the plain one, which has read nothing.</param>
internal sealed record MixtureCase(LanguageModel Model, Func<PlainMixture> CreatePlain)
{
    public const int Words = 41;

    private static readonly NeuralCache Small = new() { Size = 30, Weight = 0.3, Sharpness = 1.5 };
    private static readonly NeuralCache Large = new() { Size = 700, Weight = 0.2, Sharpness = 0.7 };

    public static string[] Names => ["cache", "cache of one word", "adaptive softmax and cache", "n-gram model", "n-gram model in another order", "cache and n-gram model", "ensemble", "ensemble with everything"];

    public static MixtureCase Of(string name)
    {
        var (lstm, gru) = (RandomModels.Weights(CellKind.Lstm, Words, layers: 2), RandomModels.Weights(CellKind.Gru, Words, hidden: 9, layers: 1, seed: 2));
        var adaptive = AdaptiveModels.Weights(vocabulary: Words);
        var one = new NeuralCache { Size = 1, Weight = 0.5 };
        var (nGram, other) = (RandomNGrams.Model(Vocabulary), RandomNGrams.Model(Reversed, seed: 2));
        return name switch
        {
            "cache" => new(ModelOf(lstm).With(Large), () => new([new(lstm, 1, Large)])),
            "cache of one word" => new(ModelOf(gru).With(one), () => new([new(gru, 1, one)])),
            "adaptive softmax and cache" => new(ModelOf(adaptive).With(Small), () => new([new(adaptive, 1, Small)])),
            "n-gram model" => new(ModelOf(lstm).With(new NGramInterpolation { Model = nGram, Weight = 0.4 }), () => new([new(lstm, 0.6)], (nGram, 0.4))),
            "n-gram model in another order" => new(
                ModelOf(lstm).With(new NGramInterpolation { Model = other, Weight = 0.4 }), () => new([new(lstm, 0.6)], (InOrder(other), 0.4))),
            "cache and n-gram model" => new(
                ModelOf(gru).With(new NGramInterpolation { Model = nGram, Weight = 0.25 }).With(Small), () => new([new(gru, 0.75, Small)], (nGram, 0.25))),
            "ensemble" => new(LanguageModel.Ensemble([ModelOf(lstm), ModelOf(adaptive), ModelOf(gru)], [1, 2, 1]), () => new([new(lstm, 0.25), new(adaptive, 0.5), new(gru, 0.25)])),
            "ensemble with everything" => new(
                LanguageModel.Ensemble([ModelOf(lstm).With(new NGramInterpolation { Model = nGram, Weight = 0.5 }).With(Small), ModelOf(gru).With(Large)])
                    .With(new NGramInterpolation { Model = other, Weight = 0.2 }),
                () => new([new(lstm, 0.2, Small), new(gru, 0.4, Large)], (nGram, 0.2), (InOrder(other), 0.2))),
            _ => throw new ArgumentException(name),
        };
    }

    public static Vocabulary Vocabulary { get; } = RandomModels.Words(Words);

    private static Vocabulary Reversed { get; } = new(["<unk>", "<eos>", .. Enumerable.Range(2, Words - 2).Reverse().Select(id => $"w{id}")]);

    public static LanguageModel ModelOf(NetworkWeights weights) => new(Tokenizer.Whitespace, Vocabulary, weights);

    /// <summary>The plain loops ask in the ids of the vocabulary; so a word w of theirs is the word W + 1 − w of the reversed one.</summary>
    private static NGramModel InOrder(NGramModel reversed)
    {
        var table = reversed.Table;
        int Id(int id) => id < 2 ? id : Words + 1 - id;
        var (words, values, continuations) = (new List<int>(), new List<float>(), new int[Words + 1]);
        for (var first = 0; first < Words; first++)
        {
            var (start, end) = table.Levels[0].ContinuationsOf(Id(first));
            foreach (var place in Enumerable.Range(start, end - start).OrderBy(place => Id(table.Levels[1].Words[place])))
            {
                words.Add(Id(table.Levels[1].Words[place]));
                values.Add(table.Levels[1].LogProbabilities[place]);
            }
            continuations[first + 1] = words.Count;
        }
        float[] InIds(float[] values) => [.. Enumerable.Range(0, Words).Select(id => values[Id(id)])];
        return new NGramModel(Tokenizer.Whitespace, Vocabulary, new(
        [
            new() { Words = [], LogProbabilities = InIds(table.Levels[0].LogProbabilities), Backoffs = InIds(table.Levels[0].Backoffs), Continuations = continuations },
            new() { Words = [.. words], LogProbabilities = [.. values], Backoffs = [], Continuations = [] },
        ]));
    }
}
