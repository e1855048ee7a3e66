namespace RnnLm.Tests.Inference;

/// <summary>Weights that are finite, and so great that nothing that comes of them is.</summary>
public class OverflowTests
{
    public static TheoryData<CellKind, string> Networks()
    {
        var networks = new TheoryData<CellKind, string>();
        foreach (var cell in RandomModels.Cells)
            foreach (var kind in new[] { "full", "tied", "adaptive", "8-bit" }) networks.Add(cell, kind);
        return networks;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Whoever_asks_for_what_has_overflowed_is_told(CellKind cell, string kind)
    {
        var model = Overflowing(cell, kind);
        var text = new TokenStream(RandomModels.Ids(1_000, model.Vocabulary.Count), 1, 0, 0);
        string[] texts = [.. Enumerable.Range(0, 50).Select(i => $"w{i % 20 + 2} w3 w4")];
        var state = model.Start("w2");

        AssertTold(() => model.Evaluate(text, new EvaluationOptions { Threads = 2 }));
        AssertTold(() => model.EvaluateLinesApart(text, new EvaluationOptions { Threads = 2 }));
        AssertTold(() => model.NextWords("w2"));
        AssertTold(() => model.NextWord("w2"));
        AssertTold(() => model.NextWordsMany(texts, batch: new BatchOptions { Threads = 2 }));
        AssertTold(() => model.Score("w2 w3"));
        AssertTold(() => model.ScoreMany(texts, batch: new BatchOptions { Threads = 2 }));
        AssertTold(() => model.Explain("w2 w3"));
        AssertTold(() => model.Summarize("w2 w3 . w4 ."));
        AssertTold(() => model.Generate("w2"));
        AssertTold(() => model.Generate("w2", new GenerationOptions { Sampling = new SamplingOptions { TopK = 3 } }));
        AssertTold(() => model.Network.LogProbability(2, state));
        AssertTold(() => model.Network.LogProbabilities(state, new float[model.Vocabulary.Count]));
    }

    [Fact]
    public void The_greatest_weights_there_are_can_be_rounded()
    {
        var weights = RandomModels.Weights(CellKind.Lstm);
        foreach (var parameter in weights.Parameters) parameter.Values[0] = -float.MaxValue;
        var rounded = new Network(weights).Quantize().CopyWeights();
        foreach (var (value, close) in weights.Parameters.Zip(rounded.Parameters))
            Assert.Equal(1, close.Values[0] / value.Values[0], 0.01);
    }

    private static LanguageModel Overflowing(CellKind cell, string kind)
    {
        var weights = kind == "adaptive"
            ? AdaptiveModels.Weights(cell)
            : RandomModels.Weights(cell, vocabulary: 23, embedding: 7, hidden: 7, tied: kind == "tied");
        foreach (var parameter in weights.Parameters) Array.Fill(parameter.Values, float.MaxValue);
        // A GRU whose update gates are open would stay at its zero state, and so would a CIFG that forgets nothing: these gates come second
        // and first of three.
        if (cell is CellKind.Gru or CellKind.Cifg)
            foreach (var values in weights.Layers.SelectMany(layer => new[] { layer.Input.Values, layer.Bias.Values }))
                values.AsSpan(cell == CellKind.Gru ? values.Length / 3 : 0, values.Length / 3).Fill(-float.MaxValue);
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(weights.Shape.VocabularySize), weights);
        return kind == "8-bit" ? model.Quantize() : model;
    }

    private static void AssertTold(Func<object?> ask)
    {
        var fault = Assert.Throws<NotFiniteNumberException>(ask);
        Assert.Contains("no longer finite numbers", fault.Message);
    }

    private static void AssertTold(Action ask) => AssertTold(() =>
    {
        ask();
        return null;
    });
}
