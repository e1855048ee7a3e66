namespace RnnLm.Training.Tests.Continuation;

/// <summary>Small models to go on from.</summary>
internal static class Continued
{
    public static readonly AdaptiveSoftmaxShape Clusters = new([4, 7], 2);

    /// <summary>Every kind of network: its cell, whether it is tied, whether it has clusters.</summary>
    public static TheoryData<CellKind, bool, bool> EveryKind()
    {
        var kinds = new TheoryData<CellKind, bool, bool>();
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            kinds.Add(cell, false, false);
            kinds.Add(cell, true, false);
            kinds.Add(cell, false, true);
        }
        return kinds;
    }

    /// <summary>A model whose weights follow from a formula.</summary>
    public static LanguageModel Model(CellKind cell = CellKind.Gru, bool tied = false, bool adaptive = false, string words = "a b c d e f g h", TrainingRecord? record = null,
        int? projection = null)
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words.Split(' ')]);
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = cell,
            VocabularySize = vocabulary.Count,
            EmbeddingSize = 5,
            HiddenSize = 6,
            ProjectionSize = projection,
            Layers = 2,
            Tied = tied,
            AdaptiveSoftmax = adaptive ? Clusters : null,
        });
        var step = 0;
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value = 0.3f * MathF.Sin(++step * 1.7f);
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, weights, record);
    }

    public static TrainingOptions Options(Action<TrainingOptions>? change = null)
    {
        var options = new TrainingOptions { BatchSize = 1, Window = 4, Epochs = 1, Threads = 1, Dropout = 0 };
        change?.Invoke(options);
        return options;
    }

    public static LanguageModelTrainer Trainer(Action<TrainingOptions>? change = null, ITrainingEngine? engine = null) => new(Options(change), engine);

    public static float[] LogProbabilities(LanguageModel model, string text)
    {
        var logProbabilities = new float[model.Vocabulary.Count];
        model.Network.LogProbabilities(model.Start(text), logProbabilities);
        return logProbabilities;
    }
}
