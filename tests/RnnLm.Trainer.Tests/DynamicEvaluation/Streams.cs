using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>Models and texts for the tests of dynamic evaluation.</summary>
internal static class Streams
{
    public static LanguageModel Model(NetworkShape shape, int seed = 1) => new(Tokenizer.Whitespace, Texts.Vocabulary(shape.VocabularySize), Cases.Weights(shape, seed));

    public static LanguageModel Model(CellKind cell = CellKind.Lstm, bool tied = true)
        => Model(tied ? Cases.Shape(cell, tied: true, embedding: 19, hidden: 19) : Cases.Shape(cell));

    /// <summary>Random words, lines among them.</summary>
    public static TokenStream Text(LanguageModel model, int length, int seed = 5) => Texts.Of(Cases.Stream(model.Shape, length, seed));

    /// <summary>The same words over and over.</summary>
    public static TokenStream Repeated(LanguageModel model, int period, int times)
        => Texts.Of([.. Enumerable.Repeat(Cases.Stream(model.Shape, period), times).SelectMany(words => words)]);

    /// <summary>Scales that differ from weight to weight.</summary>
    public static GradientScales Scales(LanguageModel model, int seed = 3)
    {
        var random = new Random(seed);
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() * 0.1f)];
        return new GradientScales(model.Network.CopyWeights().Parameters.Select(
            tensor => new TensorScales(tensor.Name, Some(tensor.Rows), tensor.Columns == 1 ? new float[] { 1 } : Some(tensor.Columns))));
    }

    /// <summary>What each word's log-probability was.</summary>
    public static double[] LogProbabilities(LanguageModel model, TokenStream text, DynamicEvaluation settings, int threads = 2)
    {
        using var adapted = new AdaptedMixture(model, text.Ids, settings, threads);
        var all = new List<double>();
        while (adapted.Next()) all.AddRange(adapted.LogProbabilities);
        return [.. all];
    }
}
