namespace RnnLm.Tests;

/// <summary>Small models of random weights with an adaptive softmax; the same arguments give the same model.</summary>
internal static class AdaptiveModels
{
    public static NetworkWeights Weights(
        CellKind cell = CellKind.Lstm, int vocabulary = 41, int hidden = 12, double divisionFactor = 2, double outputScale = 1, int? projection = null, params int[] cutoffs)
    {
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = cell,
            VocabularySize = vocabulary,
            EmbeddingSize = 5,
            HiddenSize = hidden,
            ProjectionSize = projection,
            Layers = 2,
            AdaptiveSoftmax = new AdaptiveSoftmaxShape(cutoffs.Length > 0 ? cutoffs : [6, 15, 30], divisionFactor),
        });
        var random = new Random(1);
        foreach (var parameter in weights.Parameters)
        {
            var range = parameter.Name.StartsWith("output") ? outputScale : 1;
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = (float)(((2 * random.NextDouble()) - 1) * range);
        }
        return weights;
    }

    public static LanguageModel Model(NetworkWeights weights) => new(Tokenizer.Whitespace, RandomModels.Words(weights.Shape.VocabularySize), weights);
}
