namespace RnnLm.Fuzz.Samples;

/// <summary>Models as small as can be, whose weights follow from a formula.</summary>
internal static class TinyModels
{
    private static readonly TrainingRecord Training = new()
    {
        Options = new Dictionary<string, string> { ["batch_mode"] = "rows" },
        Figures = new Dictionary<string, double> { ["validation_perplexity"] = 4.5 },
    };

    /// <summary>A tokenizer of subwords with a few merges.</summary>
    public static SubwordTokenizer Subwords { get; } = Tokenizer.LearnSubwords(["ab ab aba b. ba", "é é 漢字 漢字"], new SubwordOptions { VocabularySize = 445 });

    /// <summary>A model of every kind that a file tells apart, by a name.</summary>
    public static IEnumerable<(string Name, LanguageModel Model)> All()
    {
        yield return ("lstm", Create(CellKind.Lstm));
        yield return ("gru-tied-text", Create(CellKind.Gru, tied: true, tokenizer: Tokenizer.Text(lowerCase: true, NumberClass.Digits)));
        yield return ("elman-characters", Create(CellKind.Elman, layers: 2, tokenizer: Tokenizer.Characters));
        yield return ("elman-subwords", Create(CellKind.Elman, tokenizer: Subwords, words: [.. Subwords.Pieces]));
        yield return ("relu-special-words-alone", Create(CellKind.Relu, words: []));
        yield return ("int8", Create(CellKind.Lstm).Quantize());
        yield return ("cache", Create(CellKind.Gru).With(new NeuralCache { Size = 3 }));
        yield return ("ensemble", LanguageModel.Ensemble([Create(CellKind.Elman).With(new NeuralCache()), Create(CellKind.Gru).Quantize()]));
        yield return ("adaptive", Create(CellKind.Gru, words: ["a", "b", ".", "A", "c", "d"], cutoffs: [3, 5]));
        yield return ("adaptive-int8", Create(CellKind.Lstm, words: ["a", "b", ".", "A", "c", "d"], cutoffs: [4]).Quantize());
        yield return ("cifg", Create(CellKind.Cifg, layers: 2));
        yield return ("lstm-projected", Create(CellKind.Lstm, layers: 2, projection: 1));
        yield return ("cifg-projected-int8", Create(CellKind.Cifg, tied: true, projection: 2).Quantize());
    }

    /// <summary>A model.</summary>
    /// <param name="cell">Its cell.</param>
    /// <param name="layers">How many layers it has.</param>
    /// <param name="tied">Whether its output layer is tied to the embedding.</param>
    /// <param name="tokenizer">Its tokenizer; null is that of white space.</param>
    /// <param name="words">Its words beside the special ones.</param>
    /// <param name="cutoffs">Where its adaptive softmax is cut; null where it has a full one.</param>
    /// <param name="projection">To what its hidden states, then of three units, are projected; null where they are not.</param>
    public static LanguageModel Create(
        CellKind cell, int layers = 1, bool tied = false, Tokenizer? tokenizer = null, string[]? words = null, int[]? cutoffs = null,
        int? projection = null)
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words ?? ["a", "b", "."]]);
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = cell,
            VocabularySize = vocabulary.Count,
            EmbeddingSize = 2,
            HiddenSize = projection is null ? 2 : 3,
            ProjectionSize = projection,
            Layers = layers,
            Tied = tied,
            AdaptiveSoftmax = cutoffs is null ? null : new AdaptiveSoftmaxShape(cutoffs, 2),
        });
        var step = 0;
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value = MathF.Sin(++step * 1.7f);
        return new LanguageModel(tokenizer ?? Tokenizer.Whitespace, vocabulary, weights, Training);
    }

    /// <summary>A model's file.</summary>
    public static byte[] File(LanguageModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
