using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

public class DropoutTests
{
    private const int Count = 1_000_000;

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_asked_for_is_dropped_and_the_mean_is_kept(double probability)
    {
        var factors = Mask(probability, step: 3, place: 1);
        var dropped = factors.Count(factor => factor == 0) / (double)Count;
        Assert.Equal(probability, dropped, 0.002); // four standard deviations at one half
        Assert.Equal(1, factors.Average(factor => (double)factor), 0.02);
        Assert.All(factors.Where(factor => factor != 0).Distinct(), factor => Assert.Equal(1 / (1 - probability), factor, 1e-6));
    }

    [Theory]
    [InlineData(2, 3, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(1, 3, 2)]
    public void Masks_of_other_seeds_steps_and_places_have_nothing_to_do_with_each_other(int seed, long step, int place)
    {
        var one = Mask(0.5, step: 3, place: 1);
        var other = Mask(0.5, step, place, seed);
        Assert.Equal(0.5, one.Zip(other).Count(pair => pair.First == pair.Second) / (double)Count, 0.002);
    }

    [Fact]
    public void Neighbours_and_the_same_unit_at_the_next_position_are_dropped_independently()
    {
        var mask = Mask(0.5, step: 0, place: 0);
        foreach (var distance in new[] { 1, 2, 8, 16, 200, 256, 4000 })
        {
            var equal = Enumerable.Range(0, Count - distance).Count(i => mask[i] == mask[i + distance]);
            Assert.Equal(0.5, equal / (double)(Count - distance), 0.002);
        }
    }

    [Fact]
    public void A_mask_is_the_same_in_one_piece_and_in_many()
    {
        var mask = new DropoutMask(0.4, seed: 9);
        var values = Enumerable.Range(1, 1003).Select(i => (float)i).ToArray();
        var whole = new float[values.Length];
        mask.Apply(values, whole, step: 5, place: 2, firstIndex: 7);
        var pieces = new float[values.Length];
        for (int start = 0, length = 1; start < values.Length; start += length++)
        {
            var end = Math.Min(values.Length, start + length);
            mask.Apply(values.AsSpan(start..end), pieces.AsSpan(start..end), step: 5, place: 2, firstIndex: 7 + start);
        }
        Assert.Equal(whole, pieces);
        Assert.Contains(0, whole);
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss_under_the_mask_of_the_step()
    {
        var shape = Cases.Shape(CellKind.Lstm, embedding: 8, hidden: 8, vocabulary: 20);
        var options = Cases.Options(shape, dropout: 0.5);
        var window = Cases.Window(shape, 4, 6, seed: 1, fresh: true);
        var weights = Cases.Weights(shape);
        var gradients = new NetworkWeights(shape);
        MeanLoss(weights, gradients);

        // Along the gradient itself the slope is the gradient's squared norm.
        const float Step = 2e-3f;
        var norm = gradients.Parameters.Sum(parameter => VectorFunctions.SumOfSquares(parameter.Values));
        Assert.Equal(norm, (MeanLoss(Moved(Step), null) - MeanLoss(Moved(-Step), null)) / (2 * Step), norm * 2e-3);

        double MeanLoss(NetworkWeights at, NetworkWeights? receiver)
        {
            using var session = new ManagedEngine().Start(at, options);
            return session.ComputeGradients(window, receiver ?? new NetworkWeights(shape)).Loss / window.TargetCount;
        }

        NetworkWeights Moved(float by)
        {
            var moved = weights.Clone();
            foreach (var (parameter, gradient) in moved.Parameters.Zip(gradients.Parameters))
                VectorFunctions.MultiplyAdd(by, gradient.Values, parameter.Values);
            return moved;
        }
    }

    [Fact]
    public void Every_step_has_a_mask_of_its_own()
    {
        var shape = Cases.Shape(CellKind.Elman);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.5));
        var window = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        var gradients = new NetworkWeights(shape);
        Assert.NotEqual(session.ComputeGradients(window, gradients).Loss, session.ComputeGradients(window, gradients).Loss);
    }

    [Fact]
    public void Nothing_is_dropped_in_evaluation()
    {
        var shape = Cases.Shape(CellKind.Gru);
        var stream = Cases.Stream(shape, 40);
        using var with = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.5));
        using var without = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        Assert.Equal(without.Evaluate(stream, default), with.Evaluate(stream, default));
    }

    private static float[] Mask(double probability, long step, int place, int seed = 1)
    {
        var values = Enumerable.Repeat(1f, Count).ToArray();
        new DropoutMask(probability, seed).Apply(values, values, step, place, 0);
        return values;
    }
}
