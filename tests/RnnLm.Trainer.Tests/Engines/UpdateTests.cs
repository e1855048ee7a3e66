namespace RnnLm.Training.Tests.Engines;

/// <summary>Updates against the optimizers' formulas in double precision.</summary>
public class UpdateTests
{
    private const double LearningRate = 0.03;

    public static TheoryData<bool, string, bool, double, double> Settings()
    {
        var data = new TheoryData<bool, string, bool, double, double>();
        foreach (var sampled in new[] { false, true })
            foreach (var optimizer in new[] { "sgd", "adam", "adamw" })
                foreach (var tied in new[] { false, true })
                    foreach (var decay in new[] { 0, 0.1 })
                        foreach (var clip in new[] { 1e9, 0.05 }) data.Add(sampled, optimizer, tied, decay, clip);
        return data;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Weights_change_as_the_formulas_of_the_optimizer_say(
        bool sampled, string optimizer, bool tied, double decay, double clip)
    {
        // More words than a window reads and samples, so that most rows of an embedding have no gradient.
        var shape = Cases.Shape(CellKind.Lstm, tied, vocabulary: 150);
        var options = Cases.Options(shape);
        options.Softmax = sampled ? new SampledSoftmax { Samples = 20 } : new FullSoftmax();
        options.Optimizer = Cases.Optimizer(optimizer, decay);
        options.GradientClip = clip;
        using var session = new ManagedEngine().Start(Cases.Weights(shape), options);

        var weights = Cases.Weights(shape);
        var gradients = new NetworkWeights(shape);
        var formulas = weights.Parameters.Select(parameter => new Formula(optimizer, parameter.Values, decay)).ToArray();
        for (var step = 0; step < 4; step++)
        {
            var window = Cases.Window(shape, 3, 5, seed: step, fresh: true);
            session.ReadWeights(weights);
            using var twin = new ManagedEngine().Start(weights, options);
            for (var before = 0; before < step; before++) twin.ComputeGradients(window, gradients); // brings the twin's samples to this step
            var norm = twin.ComputeGradients(window, gradients).GradientNorm;

            Assert.Equal(norm, session.Train(window, LearningRate).GradientNorm);

            session.ReadWeights(weights);
            foreach (var (formula, (weight, gradient)) in formulas.Zip(weights.Parameters.Zip(gradients.Parameters)))
            {
                formula.Update(gradient.Values, norm > clip ? clip / norm : 1);
                for (var i = 0; i < weight.Values.Length; i++)
                {
                    Assert.True(
                        Math.Abs(formula.Weights[i] - weight.Values[i]) < 1e-6 * Math.Max(1, Math.Abs(formula.Weights[i])),
                        $"step {step}, {weight.Name}[{i}]: {weight.Values[i]} instead of {formula.Weights[i]}");
                }
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void The_same_seed_and_number_of_threads_give_the_same_weights_bit_for_bit(string optimizer)
    {
        var shape = Cases.Shape(CellKind.Gru, vocabulary: 300);
        NetworkWeights Train()
        {
            var options = Cases.Options(shape, dropout: 0.3);
            options.Optimizer = Cases.Optimizer(optimizer);
            using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
            for (var step = 0; step < 6; step++) session.Train(Cases.Window(shape, 5, 8, seed: step, fresh: step == 0), LearningRate);
            var weights = new NetworkWeights(shape);
            session.ReadWeights(weights);
            return weights;
        }
        foreach (var (first, second) in Train().Parameters.Zip(Train().Parameters)) Assert.Equal(first.Values, second.Values);
    }

    [Theory]
    [InlineData("sgd", 0.0)]
    [InlineData("adamw", 0.1)]
    public void A_window_whose_loss_is_not_finite_changes_no_weight_and_leaves_no_trace_in_the_optimizer(string optimizer, double decay)
    {
        const int BadWord = 7;
        var shape = Cases.Shape(CellKind.Lstm);
        var options = Cases.Options(shape);
        options.Optimizer = Cases.Optimizer(optimizer, decay);
        var initial = Cases.Weights(shape);
        initial.Embedding.Values[BadWord * shape.EmbeddingSize] = float.NaN;
        var good = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        foreach (ref var id in good.Inputs) if (id == BadWord) id++;
        var bad = Cases.Window(shape, 2, 3, seed: 2, fresh: true);
        bad.Inputs[4] = BadWord;

        NetworkWeights Train(params Window[] windows)
        {
            using var session = new ManagedEngine().Start(initial, options);
            foreach (var window in windows) Assert.Equal(window == good, session.Train(window, LearningRate).IsFinite);
            var weights = new NetworkWeights(shape);
            session.ReadWeights(weights);
            return weights;
        }
        AssertSame(initial, Train(bad));
        // Rows that the bad window has read have made up for the updates before it on their own, and so are rounded otherwise.
        foreach (var (expected, actual) in Train(good, good).Parameters.Zip(Train(good, bad, good).Parameters))
            Assert.All(expected.Values.Zip(actual.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.NotEqual(initial.Output.Values, Train(good).Output.Values);
    }

    [Fact]
    public void Initial_weights_are_copied_and_read_back_as_they_were()
    {
        var shape = Cases.Shape(CellKind.Relu, tied: true);
        var initial = Cases.Weights(shape);
        using var session = new ManagedEngine().Start(initial, Cases.Options(shape));
        initial.Embedding.Values[0] = 77;
        var weights = new NetworkWeights(shape);
        session.ReadWeights(weights);
        AssertSame(Cases.Weights(shape), weights);
    }

    [Fact]
    public void Training_on_the_same_words_makes_them_likelier()
    {
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            var shape = Cases.Shape(cell);
            var options = Cases.Options(shape);
            options.Optimizer = new Adam();
            using var session = new ManagedEngine().Start(WeightInitialization.Create(shape, 1), options);
            var window = Cases.Window(shape, 2, 6, seed: 1, fresh: true);
            var first = session.Train(window, 0.01).Loss;
            for (var step = 0; step < 100; step++) session.Train(window, 0.01);
            var last = session.Train(window, 0.01).Loss;
            Assert.True(last < first / 2, $"{cell}: {first} nats at first, {last} at last");
        }
    }

    private static void AssertSame(NetworkWeights expected, NetworkWeights actual)
    {
        foreach (var (first, second) in expected.Parameters.Zip(actual.Parameters)) Assert.Equal(first.Values, second.Values);
    }

    private sealed class Formula(string optimizer, float[] initial, double decay)
    {
        private readonly double[] m = new double[initial.Length];
        private readonly double[] v = new double[initial.Length];
        private int t;

        public double[] Weights { get; } = [.. initial.Select(value => (double)value)];

        public void Update(float[] gradient, double scale)
        {
            t++;
            for (var i = 0; i < Weights.Length; i++)
            {
                var g = gradient[i] * scale;
                if (optimizer != "adamw") g += decay * Weights[i];
                if (optimizer == "sgd")
                {
                    Weights[i] -= LearningRate * g;
                    continue;
                }
                if (optimizer == "adamw") Weights[i] -= LearningRate * decay * Weights[i];
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                Weights[i] -= LearningRate * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }
    }
}
