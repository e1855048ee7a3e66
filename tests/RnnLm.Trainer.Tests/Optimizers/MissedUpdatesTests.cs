namespace RnnLm.Training.Tests.Optimizers;

/// <summary>Rows that sit out the updates in which they have no gradient, against formulas in double precision that move every row in every update.</summary>
public class MissedUpdatesTests
{
    private const int Rows = 37;
    private const int Columns = 5;

    public static TheoryData<string, double, double, double, double, bool> Settings => new()
    {
        { "adam", 0, 0.9, 0.999, 1e-8, false },
        { "adam", 0, 0.9, 0.999, 1e-3, false },
        { "adam", 0, 0, 0.99, 1e-8, false },
        { "adam", 0, 0.95, 0.98, 1e-6, true },
        { "adamw", 0, 0.9, 0.999, 1e-8, false },
        { "adamw", 0.1, 0.9, 0.999, 1e-8, false },
        { "adamw", 0.1, 0.9, 0.999, 1e-2, true },
        { "adamw", 0.3, 0.8, 0.95, 1e-8, true },
        { "adam", 0.1, 0.9, 0.999, 1e-8, false },
        { "sgd", 0, 0, 0, 0, false },
        { "sgd", 0.1, 0, 0, 0, false },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Rows_that_sit_out_updates_end_where_rows_end_that_take_part_in_each(
        string name, double decay, double beta1, double beta2, double epsilon, bool cycles)
    {
        const int Updates = 2 * MissedUpdates.Capacity + 300;
        var optimizer = Optimizer(name, decay, beta1, beta2, epsilon);
        var lazy = new Rehearsed(optimizer);
        var formula = new Formula(name, decay, beta1, beta2, epsilon, lazy.Parameter.Values);
        var random = new Random(3);
        for (var update = 1; update <= Updates; update++)
        {
            var rate = 0.01 * (1 + Math.Sin(update / 50.0) / 2);
            if (cycles) beta1 = 0.9 + 0.05 * Math.Cos(update / 300.0);
            var (words, gradient) = Draw(random, update);
            lazy.Update(words, gradient, rate, cycles ? beta1 : null);
            formula.Update(words, gradient, rate, beta1);
            if (random.Next(500) == 0) lazy = lazy.Resumed(optimizer);
            if (random.Next(400) == 0) lazy.LookAt();
        }
        lazy.LookAt();
        for (var i = 0; i < formula.Weights.Length; i++)
        {
            var (expected, actual) = (formula.Weights[i], lazy.Parameter.Values[i]);
            // What is in β₂ √v while m decays matters only where β₂ is small, and ε as large as √v.
            Assert.True(Math.Abs(expected - actual) < (beta2 < 0.99 ? 2e-3 : 3e-4) * Math.Max(1, Math.Abs(expected)), $"{name}[{i / Columns}, {i % Columns}]: {actual} instead of {expected}");
        }
    }

    [Fact]
    public void A_row_that_nobody_looks_at_is_not_touched()
    {
        var lazy = new Rehearsed(new AdamW { WeightDecay = 0.5 });
        var before = lazy.Parameter.Values.ToArray();
        for (var update = 0; update < 20; update++) lazy.Update([3], new float[Columns], 0.01, null);
        Assert.Equal(before[..(3 * Columns)], lazy.Parameter.Values[..(3 * Columns)]);
        Assert.NotEqual(before[3 * Columns], lazy.Parameter.Values[3 * Columns]);
        lazy.LookAt();
        Assert.All(before.Zip(lazy.Parameter.Values), pair => Assert.Equal(Math.Pow(1 - 0.01 * 0.5, 20) * pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_state_in_which_a_row_has_missed_what_is_not_known_any_more_is_refused()
    {
        var lazy = new Rehearsed(new Adam());
        for (var update = 0; update < 5; update++) lazy.Update([3], new float[Columns], 0.01, null);
        var state = new TrainingState();
        lazy.Save(state);
        var updated = new byte[Rows * sizeof(long)];
        BitConverter.TryWriteBytes(updated.AsSpan(4 * sizeof(long)), 6L);
        state.Part("gradient").Set("updated", updated);
        Assert.Throws<InvalidDataException>(() => new Rehearsed(new Adam()).Restore(state));
        state.Part("update").Part("missed").Set("count", MissedUpdates.Capacity + 1);
        Assert.Throws<InvalidDataException>(() => new Rehearsed(new Adam()).Restore(state));
    }

    /// <summary>A few words, the rarer the greater they are, and gradients of very different size.</summary>
    private static (int[] Words, float[] Gradient) Draw(Random random, int update)
    {
        var words = Enumerable.Range(0, Rows).Where(word => word < 30 && random.NextDouble() < 1.0 / (1 + word * word) || word is >= 30 and < 35 && update % 900 == word).ToArray();
        var size = Math.Pow(10, -6 * random.NextDouble());
        return (words, [.. Enumerable.Range(0, words.Length * Columns).Select(_ => (float)(size * (2 * random.NextDouble() - 0.7)))]);
    }

    private static Optimizer Optimizer(string name, double decay, double beta1, double beta2, double epsilon)
    {
        var optimizer = Engines.Cases.Optimizer(name, decay);
        if (optimizer is AdaptiveMomentOptimizer moments) (moments.Beta1, moments.Beta2, moments.Epsilon) = (beta1, beta2, epsilon);
        return optimizer;
    }

    /// <summary>One parameter, its gradient and its update, used as a training session uses them.</summary>
    private sealed class Rehearsed
    {
        private readonly RowGradient gradient;
        private readonly WeightUpdate update;

        public Rehearsed(Optimizer optimizer)
        {
            Parameter = Engines.Cases.Weights(Engines.Cases.Shape(CellKind.Elman, vocabulary: Rows, embedding: Columns)).Embedding;
            gradient = new RowGradient(Parameter);
            update = optimizer.CreateUpdate([Parameter]);
            gradient.Attach(update, 0);
        }

        public NetworkParameter Parameter { get; }

        public void Update(int[] words, float[] values, double rate, double? beta1)
        {
            gradient.MakeUp(words, 0, 2);
            gradient.MakeUp(words, 1, 2);
            gradient.Begin(words);
            var rows = new Numerics.MatrixView(values, 0, words.Length, Columns, Columns);
            gradient.AddRows(words, rows, 0, 1);
            if (update.Missed is { IsFull: true }) LookAt();
            if (beta1 is { } set) update.UseBeta1(set);
            update.Begin(rate, gradientScale: 0.5);
            for (var part = 0; part < 3; part++) gradient.Apply(update, 0, part, 3);
        }

        public void LookAt()
        {
            for (var part = 0; part < 2; part++) gradient.MakeUp(part, 2);
            update.Missed?.Clear();
        }

        public Rehearsed Resumed(Optimizer optimizer)
        {
            var state = new TrainingState();
            Save(state);
            var other = new Rehearsed(optimizer);
            other.Restore(state);
            Parameter.Values.CopyTo(other.Parameter.Values, 0);
            return other;
        }

        public void Save(TrainingState state)
        {
            update.Save(state.Part("update"));
            gradient.Save(state.Part("gradient"));
        }

        public void Restore(TrainingState state)
        {
            update.Restore(state.Part("update"));
            gradient.Restore(state.Part("gradient"));
        }
    }

    /// <summary>The optimizers' formulas for all rows, those without a gradient among them.</summary>
    private sealed class Formula(string name, double decay, double initialBeta1, double beta2, double epsilon, float[] initial)
    {
        private readonly double[] m = new double[initial.Length];
        private readonly double[] v = new double[initial.Length];
        private int t;

        public double[] Weights { get; } = [.. initial.Select(value => (double)value)];

        public void Update(int[] words, float[] gradient, double rate, double beta1 = double.NaN)
        {
            if (double.IsNaN(beta1)) beta1 = initialBeta1;
            t++;
            for (var i = 0; i < Weights.Length; i++)
            {
                var row = Array.IndexOf(words, i / Columns);
                var g = row < 0 ? 0 : 0.5 * gradient[row * Columns + i % Columns];
                if (name != "adamw") g += decay * Weights[i];
                if (name == "sgd")
                {
                    Weights[i] -= rate * g;
                    continue;
                }
                if (name == "adamw") Weights[i] -= rate * decay * Weights[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                Weights[i] -= rate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + epsilon);
            }
        }
    }
}
