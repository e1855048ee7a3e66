namespace RnnLm.Tests.Reasons;

/// <summary>Models whose weights are set by hand, so that after the word <c>a</c>, however long ago, <c>c</c> comes next, and otherwise <c>d</c>.</summary>
internal static class Latches
{
    public static Vocabulary Vocabulary { get; } = new(["<unk>", "<eos>", "a", "x", "y", "c", "d"]);

    /// <summary>A rectified cell of two units: one adds up how often <c>a</c> was read, the other reads the other words and nobody looks at it.</summary>
    public static LanguageModel Model()
    {
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Relu, VocabularySize = Vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 });
        Set(weights.Embedding, "a", [1, 0]);
        Set(weights.Embedding, "x", [0, 1]);
        Set(weights.Embedding, "y", [0, -2]);
        weights.Layers[0].Input.Values[0] = weights.Layers[0].Input.Values[3] = 1;
        weights.Layers[0].Recurrent.Values[0] = 1;
        Set(weights.Output, "c", [9, 0]);
        weights.OutputBias.Values[Vocabulary.IdOf("d")] = 4;
        return new LanguageModel(Tokenizer.Whitespace, Vocabulary, weights);

        static void Set(NetworkParameter matrix, string word, float[] row) => row.CopyTo(matrix.Values, Vocabulary.IdOf(word) * 2);
    }
}
