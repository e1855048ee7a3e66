using RnnLm.Tests.Reasons;
using RnnLm.Training.Tests.Engines;
using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Reasons;

/// <summary>The influence of words by gradients, held to central finite differences of networks in double precision.</summary>
public sealed class GradientTimesInputTests
{
    private static readonly ExplanationOptions ByGradient = new() { Method = new GradientTimesInput() };

    public static TheoryData<CellKind, int, bool> Networks
    {
        get
        {
            var networks = new TheoryData<CellKind, int, bool>();
            foreach (var cell in Enum.GetValues<CellKind>())
                foreach (var layers in new[] { 1, 2, 3 })
                    foreach (var tied in new[] { false, true }) networks.Add(cell, layers, tied);
            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_influence_is_the_slope_of_the_log_probability_along_the_words_embedding(CellKind cell, int layers, bool tied)
        => AssertIsSlope(Cases.Shape(cell, tied, layers));

    [Theory]
    [InlineData(CellKind.Lstm, 1, false)]
    [InlineData(CellKind.Lstm, 2, true)]
    [InlineData(CellKind.Cifg, 1, true)]
    [InlineData(CellKind.Cifg, 2, false)]
    public void With_a_projection_too(CellKind cell, int layers, bool tied)
        => AssertIsSlope(Cases.Shape(cell, tied, layers, projection: tied && layers == 1 ? 11 : 7));

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void With_an_adaptive_softmax_too(CellKind cell)
        => AssertIsSlope(Cases.Shape(cell) with { AdaptiveSoftmax = new AdaptiveSoftmaxShape([7, 20, 45], 2) });

    [Fact]
    public void The_one_word_that_a_prediction_depends_on_is_found()
    {
        var explanation = Latches.Model().Explain("x a y x y", ByGradient);
        Assert.Equal("c", explanation.Word);
        Assert.Equal(9 * (1 - explanation.Probability), explanation.Words[1].Nats, 1e-5); // of a logit of 9, d log p / d logit = 1 − p
        Assert.All(explanation.Words.Where(word => word.Word != "a"), word => Assert.Equal(0, word.Nats));
        Assert.Equal(explanation.Probability * explanation.Words[1].Nats, explanation.Words[1].Probability, 1e-12);
        Assert.True(Latches.Model().Explain("x a y", new ExplanationOptions { Word = "d", Method = new GradientTimesInput() }).Words[1].Nats < -1);
    }

    [Fact]
    public void One_object_explains_texts_of_any_length_with_any_model_on_any_number_of_threads()
    {
        LanguageModel[] models = [ModelOf(Cases.Weights(Cases.Shape(CellKind.Lstm))), ModelOf(Cases.Weights(Cases.Shape(CellKind.Gru, tied: true)))];
        string[] texts = ["word3", "", string.Join(' ', Enumerable.Range(2, 40).Select(id => $"word{id}")), "word5 word5 word5", "zebra word7"];
        var expected = models.SelectMany(model => texts.Select(text => model.Explain(text, new ExplanationOptions { Method = new GradientTimesInput() }).Words)).ToArray();
        Parallel.For(0, 40, round =>
        {
            var place = round % expected.Length;
            Assert.Equal(expected[place], models[place / texts.Length].Explain(texts[place % texts.Length], ByGradient).Words);
        });
    }

    [Fact]
    public void The_last_words_have_the_influences_that_they_have_among_all()
    {
        var model = ModelOf(Cases.Weights(Cases.Shape(CellKind.Cifg)));
        var all = model.Explain("word3 word4 word5 word6 word7", ByGradient);
        Assert.Equal(all.Words.TakeLast(2), model.Explain("word3 word4 word5 word6 word7", new ExplanationOptions { LastWords = 2, Method = ByGradient.Method }).Words);
    }

    [Fact]
    public void The_model_stays_as_it_is()
    {
        var weights = Cases.Weights(Cases.Shape(CellKind.Lstm, tied: true));
        var model = ModelOf(weights);
        model.Explain("word3 word4", ByGradient);
        foreach (var (before, after) in weights.Parameters.Zip(model.Network.CopyWeights().Parameters)) Assert.Equal(before.Values, after.Values);
    }

    [Fact]
    public void What_has_no_gradients_is_refused_by_name()
    {
        var model = ModelOf(Cases.Weights(Cases.Shape(CellKind.Lstm)));
        Assert.Contains("8 bits", Assert.Throws<NotSupportedException>(() => model.Quantize().Explain("word3", ByGradient)).Message);
        Assert.Contains("LeaveOneOut", Assert.Throws<NotSupportedException>(() => model.With(new NeuralCache()).Explain("word3", ByGradient)).Message);
        Assert.Contains("members", Assert.Throws<NotSupportedException>(() => LanguageModel.Ensemble([model, model]).Explain("word3", ByGradient)).Message);
    }

    private static void AssertIsSlope(NetworkShape shape)
    {
        const double Step = 1e-4;
        var weights = Cases.Weights(shape);
        for (var i = 0; i < weights.Embedding.Values.Length; i++) weights.Embedding.Values[i] *= 3; // three layers leave little of an influence
        int[] context = [5, 17, 9, 31, 2, 48, 11];
        int[][] targets = [[3], [50], [24, 30]];
        var model = ModelOf(weights);
        foreach (var target in targets)
        {
            var explanation = model.Explain(
                context.Select(id => model.Vocabulary[id]), new ExplanationOptions { Word = string.Join(' ', target.Select(id => model.Vocabulary[id])), Method = new GradientTimesInput() });
            Assert.Equal(LogProbability(Untied(weights), context, target), explanation.LogProbability, 1e-4);
            for (var place = 0; place < context.Length; place++)
            {
                double Scaled(double factor)
                {
                    // The embedding of this word alone, in a network of its own that has another matrix before its softmax.
                    var scaled = Untied(weights);
                    foreach (ref var value in scaled.Embedding.AsSpan(context[place] * shape.EmbeddingSize, shape.EmbeddingSize)) value *= factor;
                    return LogProbability(scaled, context, target);
                }
                var slope = (Scaled(1 + Step) - Scaled(1 - Step)) / (2 * Step);
                Assert.Equal(slope, explanation.Words[place].Nats, 2e-5);
                Assert.Equal(explanation.Probability * slope, explanation.Words[place].Probability, 2e-5);
            }
            Assert.True(explanation.Words.Max(word => Math.Abs(word.Nats)) > 2e-4);
        }
    }

    private static double LogProbability(ReferenceWeights weights, int[] context, int[] target)
    {
        var network = new ReferenceNetwork(weights);
        return network.Evaluate(context, Vocabulary.EndOfLineId) - network.Evaluate([.. context, .. target], Vocabulary.EndOfLineId);
    }

    /// <summary>The weights with an output matrix of their own, so that what is changed of the embedding is changed of nothing else.</summary>
    private static ReferenceWeights Untied(NetworkWeights weights) => new ReferenceWeights(weights).WithOutputOfItsOwn();

    private static LanguageModel ModelOf(NetworkWeights weights) => new(Tokenizer.Whitespace, Texts.Vocabulary(weights.Shape.VocabularySize), weights);
}
