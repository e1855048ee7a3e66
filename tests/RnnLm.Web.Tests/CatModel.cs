namespace RnnLm.Web.Tests;

/// <summary>A model that has learned a few sentences by heart, in a second or two.</summary>
internal static class CatModel
{
    private static readonly string[] Sentences =
    [
        "the cat sat on the mat .",
        "the dog ran through the park .",
        "die schöne Straße führt über die Brücke .",
    ];

    private static readonly Lazy<LanguageModel> Trained = new(Train);

    public static LanguageModel Get() => Trained.Value;

    private static LanguageModel Train()
    {
        var options = new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 24,
            HiddenSize = 24,
            Dropout = 0,
            BatchSize = 4,
            Window = 8,
            Epochs = 15,
            Optimizer = new Adam { LearningRate = 0.02 },
            Threads = 1,
            Seed = 1,
        };
        return new LanguageModelTrainer(options).Train(Tokenizer.Text(), Enumerable.Repeat(Sentences, 40).SelectMany(sentences => sentences)).Model;
    }
}
