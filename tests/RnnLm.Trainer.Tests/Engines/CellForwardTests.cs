using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

/// <summary>
/// One step of every cell against figures worked out by hand. All have two units, the input x = (1, 2) and the state h' = (0.5, -1),
/// so that a pre-activation with the weights (p, q) on x, (r, s) on h' and the bias b is p + 2q + r/2 - s + b. In units of ln 3 it is
/// made 1, 0 or -1 wherever it goes through a function: σ(ln 3) = 3/4, σ(0) = 1/2, σ(-ln 3) = 1/4, tanh(±ln 3) = ±(9 - 1)/(9 + 1) = ±0.8.
/// </summary>
public class CellForwardTests
{
    private static readonly float Ln3 = MathF.Log(3);

    [Fact]
    public void An_Elman_step_is_what_the_arithmetic_says()
    {
        // unit 1: 1 + 2·1 + 2/2 - 2 - 1 =  1    h = tanh( ln 3) =  0.8
        // unit 2: 0 - 2·1 + 0/2 + 1 + 0 = -1    h = tanh(-ln 3) = -0.8
        var states = Step(CellKind.Elman, [[1, 1, 2, 2, -1], [0, -1, 0, -1, 0]]);
        AssertHidden(states, 0.8f, -0.8f);
    }

    [Fact]
    public void A_ReLU_step_is_what_the_arithmetic_says()
    {
        // unit 1: 1 + 2·1 + 2/2 - 2 - 1 =  1    h = max(0,  ln 3) = ln 3
        // unit 2: 0 - 2·1 + 0/2 + 1 + 0 = -1    h = max(0, -ln 3) = 0
        var states = Step(CellKind.Relu, [[1, 1, 2, 2, -1], [0, -1, 0, -1, 0]]);
        AssertHidden(states, Ln3, 0);
    }

    [Fact]
    public void An_LSTM_step_is_what_the_arithmetic_says()
    {
        // i: 1 + 2·1 + 2/2 - 2 - 1 =  1 → 3/4    0 - 2·1 + 0/2 + 1 + 0 = -1 → 1/4
        // f: 2 + 2·0 - 4/2 - 0 + 0 =  0 → 1/2    0 + 2·0 + 2/2 - 0 + 0 =  1 → 3/4
        // g: -1 + 2·1 + 0/2 - 0 + 0 = 1 → 0.8    0 + 2·0 + 0/2 - 1 + 0 = -1 → -0.8
        // o: 0 + 2·0 + 0/2 + 1 - 1 =  0 → 1/2    1 + 2·0 - 2/2 + 1 - 2 = -1 → 1/4
        // c' = (2, -1)
        // c = 1/2 · 2 + 3/4 · 0.8 = 1.6          3/4 · (-1) + 1/4 · (-0.8) = -0.95
        // h = 1/2 · tanh 1.6                     1/4 · tanh(-0.95)
        //   tanh 1.6  = (e^3.2 - 1) / (e^3.2 + 1) = 23.532530 / 25.532530 = 0.92166855
        //   tanh 0.95 = (e^1.9 - 1) / (e^1.9 + 1) =  5.685894 /  7.685894 = 0.73978305
        var states = Step(CellKind.Lstm,
        [
            [1, 1, 2, 2, -1], [0, -1, 0, -1, 0],
            [2, 0, -4, 0, 0], [0, 0, 2, 0, 0],
            [-1, 1, 0, 0, 0], [0, 0, 0, 1, 0],
            [0, 0, 0, -1, -1], [1, 0, -2, -1, -2],
        ]);
        AssertClose([1.6f, -0.95f], states.Memory.Row(1));
        AssertHidden(states, 0.46083428f, -0.18494576f);
    }

    [Fact]
    public void A_CIFG_step_is_what_the_arithmetic_says()
    {
        // f: 2 + 2·0 - 4/2 - 0 + 0 =  0 → 1/2    0 + 2·0 + 2/2 - 0 + 0 =  1 → 3/4
        // g: -1 + 2·1 + 0/2 - 0 + 0 = 1 → 0.8    0 + 2·0 + 0/2 - 1 + 0 = -1 → -0.8
        // o: 0 + 2·0 + 0/2 + 1 - 1 =  0 → 1/2    1 + 2·0 - 2/2 + 1 - 2 = -1 → 1/4
        // c' = (2, -1)
        // c = 1/2 · 2 + 1/2 · 0.8 = 1.4          3/4 · (-1) + 1/4 · (-0.8) = -0.95
        // h = 1/2 · tanh 1.4                     1/4 · tanh(-0.95)
        //   tanh 1.4  = (e^2.8 - 1) / (e^2.8 + 1) = 15.444647 / 17.444647 = 0.88535165
        //   tanh 0.95 = (e^1.9 - 1) / (e^1.9 + 1) =  5.685894 /  7.685894 = 0.73978305
        var states = Step(CellKind.Cifg,
        [
            [2, 0, -4, 0, 0], [0, 0, 2, 0, 0],
            [-1, 1, 0, 0, 0], [0, 0, 0, 1, 0],
            [0, 0, 0, -1, -1], [1, 0, -2, -1, -2],
        ]);
        AssertClose([1.4f, -0.95f], states.Memory.Row(1));
        AssertHidden(states, 0.44267583f, -0.18494576f);
    }

    [Fact]
    public void A_GRU_step_is_what_the_arithmetic_says()
    {
        // r: 1 + 2·1 + 2/2 - 2 - 1 = 1 → 3/4     0 - 2·1 + 0/2 + 1 + 0 = -1 → 1/4
        // z: 2 + 2·0 - 4/2 - 0 + 0 = 0 → 1/2     0 + 2·0 + 2/2 - 0 + 0 =  1 → 3/4
        // W_n x + b_n:     1 - 2·0.5 + 0.25 = 0.25       0 - 2·0 - 1.5 = -1.5
        // U_n h' + b_hn:   2/2 - 1 + 1 = 1               -2/2 + 1 + 2 = 2
        // n: 0.25 + 3/4 · 1 = 1 → 0.8            -1.5 + 1/4 · 2 = -1 → -0.8
        // h = 1/2 · 0.8 + 1/2 · 0.5 = 0.65       1/4 · (-0.8) + 3/4 · (-1) = -0.95
        var states = Step(
            CellKind.Gru,
            [
                [1, 1, 2, 2, -1], [0, -1, 0, -1, 0],
                [2, 0, -4, 0, 0], [0, 0, 2, 0, 0],
                [1, -0.5f, 2, 1, 0.25f], [0, 0, -2, -1, -1.5f],
            ],
            recurrentBias: [1, 2]);
        AssertHidden(states, 0.65f, -0.95f);
    }

    /// <summary>One step with rows (p, q, r, s, b), all in units of ln 3.</summary>
    private static UnrolledStates Step(CellKind cell, float[][] rows, float[]? recurrentBias = null)
    {
        var shape = Cases.Shape(cell, layers: 1, vocabulary: 2, embedding: 2, hidden: 2);
        var weights = new NetworkWeights(shape).Layers[0];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < 2; column++)
            {
                weights.Input.Values[2 * row + column] = rows[row][column] * Ln3;
                weights.Recurrent.Values[2 * row + column] = rows[row][2 + column] * Ln3;
            }
            weights.Bias.Values[row] = rows[row][4] * Ln3;
        }
        for (var unit = 0; unit < recurrentBias?.Length; unit++) weights.RecurrentBias!.Values[unit] = recurrentBias[unit] * Ln3;

        var window = new CurrentWindow();
        window.Load(new Window(1, 1) { Length = 1 }, step: 0, vocabularySize: 2);
        var layer = new UnrolledLayer(Cell.Of(cell), weights, new Given(1, 2), window, Workers.Single);
        layer.Reserve(batchSize: 1, capacity: 1, keepsState: false);
        new[] { 0.5f, -1 }.CopyTo(layer.States.Hidden.Row(0));
        if (cell is CellKind.Lstm or CellKind.Cifg) new[] { 2f, -1 }.CopyTo(layer.States.Memory.Row(0));
        layer.Pack();
        layer.Forward();
        return layer.States;
    }

    private static void AssertHidden(UnrolledStates states, float first, float second) => AssertClose([first, second], states.Hidden.Row(1));

    private static void AssertClose(float[] expected, Span<float> actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 3e-7f);
    }

    /// <summary>A layer that gives one position.</summary>
    private sealed class Given(params float[] values) : WindowLayer(values.Length)
    {
        public override MatrixView Output { get; } = new(values, 1, values.Length);

        public override MatrixView OutputGradient { get; } = MatrixView.Zeros(1, values.Length);

        public override void Forward()
        {
        }

        public override void Backward()
        {
        }
    }
}
