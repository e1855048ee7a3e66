namespace RnnLm.Mpi.Tests;

public sealed class OuterStepTests
{
    private const int Count = 37;

    [Fact]
    public void Without_momentum_and_with_a_rate_of_1_all_go_on_from_the_mean_to_the_last_bit()
    {
        var (from, mean) = (Values(1), Values(2));
        var after = mean.ToArray();
        OuterStep.Move(from, after, [], 1, 0);
        Assert.Equal(mean, after);
    }

    [Fact]
    public void Without_momentum_a_share_of_the_way_to_the_mean_is_gone()
    {
        var (from, mean) = (Values(1), Values(2));
        var after = mean.ToArray();
        OuterStep.Move(from, after, [], 0.5f, 0);
        for (var i = 0; i < Count; i++) Assert.Equal((from[i] + mean[i]) / 2.0, after[i], 1e-6);
    }

    /// <summary>Chen and Huo 2016, equations 4 to 8: the block's step is filtered, and the next block begins where the step after it would lead.</summary>
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 1)]
    [InlineData(0.9, 0.7)]
    public void It_is_blockwise_model_update_filtering_with_Nesterov_block_momentum(double momentum, double rate)
    {
        var now = Values(0);
        var velocity = new float[Count];
        var weights = now.Select(value => (double)value).ToArray(); // W(t)
        var step = new double[Count]; // Δ(t)
        var begin = weights.ToArray(); // where block t + 1 begins: W(t) + η Δ(t)
        for (var block = 1; block <= 6; block++)
        {
            // What the block learns does not depend on how it is told.
            var learned = Values(10 + block);
            var mean = now.Zip(learned, (value, change) => value + change).ToArray();
            OuterStep.Move(now, mean, velocity, (float)rate, (float)momentum);
            now = mean;
            for (var i = 0; i < Count; i++)
            {
                step[i] = momentum * step[i] + rate * learned[i];
                weights[i] += step[i];
                begin[i] = weights[i] + momentum * step[i];
                Assert.Equal(begin[i], now[i], 1e-4);
            }
        }
    }

    private static float[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
