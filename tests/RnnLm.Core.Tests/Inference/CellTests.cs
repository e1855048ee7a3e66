namespace RnnLm.Tests.Inference;

/// <summary>Each cell with one unit, against figures worked out by hand. Weights are chosen so that gates come out round.</summary>
public class CellTests
{
    private static readonly float Ln2 = MathF.Log(2); // tanh(ln 2) = 3/5
    private static readonly float Ln3 = MathF.Log(3); // σ(ln 3) = 3/4, σ(−ln 3) = 1/4, tanh(ln 3) = 4/5

    [Fact]
    public void An_Elman_cell_is_the_hyperbolic_tangent_of_input_and_previous_state()
    {
        var network = OneUnit(CellKind.Elman, input: [Ln2], recurrent: [5 / 3f], bias: [0]);
        // tanh(ln 2) = 0.6; tanh(ln 2 + 5/3 · 0.6) = tanh(1.693147)
        Assert.Equal([0.6f, 0.9345469f], States(network), Near);
    }

    [Fact]
    public void A_rectified_cell_cuts_off_below_zero()
    {
        var network = OneUnit(CellKind.Relu, input: [-2], recurrent: [0.5f], bias: [3]);
        // The first word's embedding is 1: 3 − 2, then 1 + 0.5; the second's is 2: 3 − 4 + 0.75 is below zero.
        Assert.Equal([1, 1.5f], States(network), Near);
        var state = network.CreateState();
        network.Step(0, state);
        network.Step(0, state);
        network.Step(1, state);
        Assert.Equal(0, state.Output[0]);
    }

    [Fact]
    public void A_long_short_term_memory_cell_has_its_gates_in_the_order_input_forget_candidate_output()
    {
        var network = OneUnit(CellKind.Lstm, input: [0, -Ln3, Ln2, 0], recurrent: [0, 0, 0, 1], bias: [Ln3, 0, 0, Ln3]);
        // i = 3/4, f = 1/4, g = 3/5: c = 0.45, then 0.1125 + 0.45 = 0.5625.
        // o = σ(ln 3 + h'): 3/4, then σ(1.0986123 + 0.3164238) = 0.8045591.
        var state = network.CreateState();
        network.Step(0, state);
        Assert.Equal(0.45f, state.Cell(0)[0], Near);
        Assert.Equal(0.3164238f, state.Output[0], Near);
        network.Step(0, state);
        Assert.Equal(0.5625f, state.Cell(0)[0], Near);
        Assert.Equal(0.4101884f, state.Output[0], Near);
    }

    [Fact]
    public void A_gated_recurrent_unit_resets_inside_the_product_and_has_its_gates_in_the_order_reset_update_candidate()
    {
        var network = OneUnit(
            CellKind.Gru, input: [Ln3, 0, 0], recurrent: [0, 0, 4 / 3f], bias: [0, -Ln3, 0], recurrentBias: Ln2 * 4 / 3);
        // r = 3/4, z = 1/4: n = tanh(3/4 · 4/3 · ln 2) = 0.6 and h = 3/4 · 0.6 = 0.45;
        // then n = tanh(ln 2 + 0.45) = tanh(1.1431472) and h = 3/4 · n + 1/4 · 0.45.
        Assert.Equal([0.45f, 0.7241033f], States(network), Near);
    }

    [Fact]
    public void A_coupled_cell_takes_in_what_it_forgets_and_has_its_gates_in_the_order_forget_candidate_output()
    {
        var network = OneUnit(CellKind.Cifg, input: [-Ln3, Ln2, 0], recurrent: [0, 0, 1], bias: [0, 0, Ln3]);
        // f = 1/4, g = 3/5: c = 3/4 · 0.6 = 0.45, then 1/4 · 0.45 + 0.45 = 0.5625: the LSTM's, whose input gate is 3/4.
        var state = network.CreateState();
        network.Step(0, state);
        Assert.Equal(0.45f, state.Cell(0)[0], Near);
        Assert.Equal(0.3164238f, state.Output[0], Near);
        network.Step(0, state);
        Assert.Equal(0.5625f, state.Cell(0)[0], Near);
        Assert.Equal(0.4101884f, state.Output[0], Near);
    }

    private const float Tolerance = 2e-6f;

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < Tolerance;

    /// <summary>The hidden state after reading the first word once and twice.</summary>
    private static float[] States(Network network)
    {
        var state = network.CreateState();
        network.Step(0, state);
        var first = state.Output[0];
        network.Step(0, state);
        return [first, state.Output[0]];
    }

    /// <summary>A network of one unit; the first word's embedding is 1, the second's 2.</summary>
    private static Network OneUnit(CellKind cell, float[] input, float[] recurrent, float[] bias, float recurrentBias = 0)
    {
        var weights = new NetworkWeights(new NetworkShape { Cell = cell, VocabularySize = 2, EmbeddingSize = 1, HiddenSize = 1, Layers = 1 });
        weights.Embedding.Values[0] = 1;
        weights.Embedding.Values[1] = 2;
        input.CopyTo(weights.Layers[0].Input.Values, 0);
        recurrent.CopyTo(weights.Layers[0].Recurrent.Values, 0);
        bias.CopyTo(weights.Layers[0].Bias.Values, 0);
        if (weights.Layers[0].RecurrentBias is { } parameter) parameter.Values[0] = recurrentBias;
        return new Network(weights);
    }
}
