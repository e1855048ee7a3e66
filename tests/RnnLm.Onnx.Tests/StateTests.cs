using RnnLm.Onnx.Format;
using RnnLm.Onnx.Models;
using RnnLm.Tests;

namespace RnnLm.Onnx.Tests;

public sealed class StateTests
{
    [OnnxRuntimeTheory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Lstm, true)]
    [InlineData(CellKind.Gru, false)]
    [InlineData(CellKind.Gru, true)]
    public void A_text_in_two_calls_is_that_in_one(CellKind cell, bool quantized)
    {
        var model = RandomModels.Model(cell);
        using var session = new OnnxSession(quantized ? model.Quantize() : model);
        var words = RandomModels.Ids(9, model.Vocabulary.Count);
        session.Begin(1);
        var whole = session.LogProbabilities(words);
        foreach (var first in (int[])[1, 5, 8])
        {
            session.Begin(1);
            float[] parts = [.. session.LogProbabilities(words[..first]), .. session.LogProbabilities(words[first..])];
            for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i], parts[i], 1e-5);
        }
    }

    [OnnxRuntimeFact]
    public void A_text_read_after_the_end_of_line_word_is_scored_as_the_model_scores_it()
    {
        var model = RandomModels.Model();
        using var session = new OnnxSession(model);
        session.Begin(1);
        int[] words = [Vocabulary.EndOfLineId, .. "w3 w5 w2".Split(' ').Select(word => model.Vocabulary.IdOf(word))];
        var logProbabilities = session.LogProbabilities(words);
        var sum = 0.0;
        for (var i = 1; i < words.Length; i++) sum += logProbabilities[((i - 1) * model.Vocabulary.Count) + words[i]];
        var state = model.Start();
        Assert.Equal(model.Score(words[1..], state, new double[3]), sum, 1e-4);
    }

    [OnnxRuntimeFact]
    public void Inputs_and_outputs_have_the_names_and_sizes_that_are_told()
    {
        using var session = new OnnxSession(RandomModels.Model(CellKind.Lstm, vocabulary: 23, embedding: 5, hidden: 7, layers: 2, tied: true));
        Assert.Equal(["words [batch,steps]", "h0 [batch,7]", "c0 [batch,7]", "h1 [batch,5]", "c1 [batch,5]"], Texts(session.Inputs));
        Assert.Equal(
            ["log_probabilities [batch,steps,23]", "next_h0 [batch,7]", "next_c0 [batch,7]", "next_h1 [batch,5]", "next_c1 [batch,5]"], Texts(session.Outputs));

        using var projected = new OnnxSession(RandomModels.Model(CellKind.Cifg, hidden: 7, layers: 1, projection: 3).Quantize());
        Assert.Equal(["words [batch,steps]", "h0 [batch,3]", "c0 [batch,7]"], Texts(projected.Inputs));

        using var ensemble = new OnnxSession(LanguageModel.Ensemble([RandomModels.Model(CellKind.Gru, layers: 1), RandomModels.Model(CellKind.Elman, layers: 1)]));
        Assert.Equal(["words [batch,steps]", "member0_h0 [batch,7]", "member1_h0 [batch,7]"], Texts(ensemble.Inputs));
        Assert.Equal(["log_probabilities [batch,steps,23]", "next_member0_h0 [batch,7]", "next_member1_h0 [batch,7]"], Texts(ensemble.Outputs));
    }

    [OnnxRuntimeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_network_of_a_single_word_is_certain_of_it(bool quantized)
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm, vocabulary: 1, embedding: 1, hidden: 1));
        using var stream = new MemoryStream();
        new OnnxModel(ModelGraph.Of([(quantized ? network.Quantize() : network, 1)], nextWords: null), "1", "", []).Write(stream);
        using var session = new OnnxSession(stream.ToArray());
        session.Begin(1);
        Assert.Equal([0f, 0, 0], session.LogProbabilities([0, 0, 0]));
    }

    private static IEnumerable<string> Texts(IReadOnlyDictionary<string, Microsoft.ML.OnnxRuntime.NodeMetadata> values)
        => values.Select(value => $"{value.Key} [{string.Join(',', value.Value.Dimensions.Zip(value.Value.SymbolicDimensions, (size, name) => size < 0 ? name : $"{size}"))}]");
}
