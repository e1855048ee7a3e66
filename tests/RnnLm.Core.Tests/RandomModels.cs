namespace RnnLm.Tests;

/// <summary>Small models of random weights; the same arguments give the same model.</summary>
internal static class RandomModels
{
    public static readonly CellKind[] Cells = Enum.GetValues<CellKind>();

    /// <summary>Weights from −1 to 1; a <paramref name="recurrentScale"/> far below 1 keeps a rectified cell from growing without bound.</summary>
    public static NetworkWeights Weights(
        CellKind cell, int vocabulary = 23, int embedding = 5, int hidden = 7, int layers = 2, bool tied = false, int seed = 1, float recurrentScale = 1,
        int? projection = null)
    {
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = cell,
            VocabularySize = vocabulary,
            EmbeddingSize = embedding,
            HiddenSize = hidden,
            ProjectionSize = projection,
            Layers = layers,
            Tied = tied,
        });
        var random = new Random(seed);
        foreach (var parameter in weights.Parameters)
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = (float)((2 * random.NextDouble()) - 1);
        foreach (var layer in weights.Layers)
            for (var i = 0; i < layer.Recurrent.Values.Length; i++) layer.Recurrent.Values[i] *= recurrentScale;
        return weights;
    }

    public static Vocabulary Words(int count) => new(["<unk>", "<eos>", .. Enumerable.Range(2, count - 2).Select(id => $"w{id}")]);

    public static LanguageModel Model(
        CellKind cell = CellKind.Lstm, int vocabulary = 23, int embedding = 5, int hidden = 7, int layers = 2, bool tied = false, int seed = 1, TrainingRecord? training = null,
        int? projection = null)
        => new(Tokenizer.Whitespace, Words(vocabulary), Weights(cell, vocabulary, embedding, hidden, layers, tied, seed, projection: projection), training);

    /// <summary>Ids of words drawn evenly, the end-of-line word and the unknown word among them.</summary>
    public static int[] Ids(int count, int vocabulary, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
    }
}
