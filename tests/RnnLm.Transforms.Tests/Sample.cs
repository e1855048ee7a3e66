using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>A corpus and networks that are small enough to train in a moment.</summary>
internal static class Sample
{
    public static readonly string[] Lines =
    [
        "The cat sat on the mat .", "The dog sat on the rug .", "A cat saw the dog .", "A dog saw the cat .",
        "The bird sang in the tree .", "The cat heard the bird .", "The dog heard the cat .", "A bird sat in the tree .",
        "The cat ran to the tree .", "The dog ran to the mat .", "The bird saw the dog run .", "A cat and a dog sat on the rug .",
    ];

    public static readonly string[] Prompts = ["the cat", "The dog sat on", "A bird", "", "zebra the", "the cat sat on the mat ."];

    public static IDataView View(this MLContext mlContext, params string?[] texts)
        => mlContext.Data.LoadFromEnumerable(texts.Select(text => new TextRow { Text = text }));

    public static IDataView ViewOfWords(this MLContext mlContext, params string[][] rows)
        => mlContext.Data.LoadFromEnumerable(rows.Select(words => new WordsRow { Words = words }));

    /// <summary>Options of every output column and a small network.</summary>
    public static RecurrentNetworkOptions FullOptions(string inputColumnName = "Text") => new()
    {
        InputColumnName = inputColumnName,
        NextWordColumnName = "NextWord",
        NextWordKeyColumnName = "NextWordKey",
        NextWordsColumnName = "NextWords",
        ProbabilitiesColumnName = "Probabilities",
        UnknownProbabilityColumnName = "UnknownProbability",
        EndOfLineProbabilityColumnName = "EndOfLineProbability",
        NextWordCount = 3,
        LogProbabilityColumnName = "LogProbability",
        PerplexityColumnName = "Perplexity",
        WordCountColumnName = "WordCount",
        UnknownWordCountColumnName = "UnknownWordCount",
        Training = Training(),
    };

    public static TrainingOptions Training(int epochs = 2) => new()
    {
        Layers = 1,
        EmbeddingSize = 8,
        HiddenSize = 12,
        BatchSize = 4,
        Window = 6,
        Epochs = epochs,
        Optimizer = new Adam { LearningRate = 0.02 },
        Seed = 1,
        Threads = 1,
    };

    /// <summary>A model that nobody trained: its weights follow from a formula.</summary>
    public static LanguageModel Model(params string[] words)
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words]);
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = CellKind.Gru,
            VocabularySize = vocabulary.Count,
            EmbeddingSize = 3,
            HiddenSize = 4,
            Layers = 1,
        });
        var step = 0;
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value = MathF.Sin(++step * 1.7f);
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, weights);
    }

    /// <summary>The values of a column, row by row.</summary>
    public static T[] Column<T>(this IDataView data, string name) => [.. data.GetColumn<T>(name)];

    /// <summary>The names of the columns that are there to see.</summary>
    public static string[] VisibleColumns(this DataViewSchema schema) => [.. schema.Where(column => !column.IsHidden).Select(column => column.Name)];

    /// <summary>Saves a pipeline and loads it in a context of its own.</summary>
    public static ITransformer SaveAndLoad(this MLContext mlContext, ITransformer pipeline, IDataView data)
    {
        using var stream = new MemoryStream();
        mlContext.Model.Save(pipeline, data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
