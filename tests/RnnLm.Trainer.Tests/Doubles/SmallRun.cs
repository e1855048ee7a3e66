namespace RnnLm.Training.Tests;

/// <summary>A run small enough to be counted by hand: an epoch is four steps of five words.</summary>
internal static class SmallRun
{
    public const int StepsInEpoch = 4;
    public const int WordsInStep = 5;

    public static readonly Vocabulary Vocabulary = Texts.Vocabulary(30);
    public static readonly TokenStream Corpus = Texts.Counting(StepsInEpoch * WordsInStep);
    public static readonly TokenStream Validation = Texts.Of(2, 3, 1, 4, 1);

    public static TrainingOptions Options(Action<TrainingOptions>? change = null)
    {
        var options = new TrainingOptions
        {
            Cell = CellKind.Elman,
            Layers = 1,
            EmbeddingSize = 2,
            HiddenSize = 2,
            Optimizer = new Sgd { LearningRate = 16 },
            BatchSize = WordsInStep,
            Window = 1,
            Epochs = 3,
        };
        change?.Invoke(options);
        return options;
    }

    public static TrainingResult Train(
        ScriptedEngine engine, Action<TrainingOptions>? change = null, bool validate = true, TimeProvider? time = null)
        => new LanguageModelTrainer(Options(change), engine, time).Train(Tokenizer.Whitespace, Vocabulary, Corpus, validate ? Validation : null).Result;
}
