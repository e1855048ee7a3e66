namespace RnnLm.Training.Tests.Engines;

public class EmbeddingDropoutTests
{
    private const int Batch = 8;
    private const int Length = 40;

    [Fact]
    public void A_word_is_dropped_as_a_whole_and_wherever_it_is_read_in_a_window()
    {
        var (words, rows) = Pass(0.4, step: 3);
        foreach (var row in rows) Assert.Single(row.Distinct());
        foreach (var sameWord in words.Zip(rows).GroupBy(pair => pair.First)) Assert.Single(sameWord.Select(pair => pair.Second[0]).Distinct());
        Assert.Equal([0, 1 / 0.6f], rows.Select(row => row[0]).Distinct().Order());
    }

    [Fact]
    public void The_next_window_drops_other_words()
        => Assert.NotEqual(Pass(0.4, step: 3).Rows.Select(row => row[0]), Pass(0.4, step: 4).Rows.Select(row => row[0]));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void The_share_asked_for_is_dropped_and_the_mean_is_kept(double share)
    {
        // Each word counts once a window.
        var factors = Enumerable.Range(0, 60).SelectMany(step =>
        {
            var (words, rows) = Pass(share, step);
            return words.Zip(rows).DistinctBy(pair => pair.First).Select(pair => (double)pair.Second[0]);
        }).ToList();
        Assert.InRange(factors.Count(factor => factor == 0) / (double)factors.Count, share - 0.025, share + 0.025);
        Assert.InRange(factors.Average(), 0.95, 1.05);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_gradient_of_a_word_that_is_dropped_is_zero_but_for_its_part_in_the_output(bool tied)
    {
        var shape = Cases.Shape(CellKind.Lstm, tied);
        var options = Cases.Options(shape);
        options.Regularization.EmbeddingDropout = 0.5;
        var window = Cases.Window(shape, Batch, Length, seed: 1, fresh: true);
        var (gradients, without) = (new NetworkWeights(shape), new NetworkWeights(shape));
        using (var session = new ManagedEngine().Start(Cases.Weights(shape), options)) session.ComputeGradients(window, gradients);
        using (var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape))) session.ComputeGradients(window, without);

        // The mask depends on seed, step and word alone.
        var stack = ForwardPass.Of(Cases.Weights(shape), options, window);
        var dropped = window.Inputs.ToArray().Where((_, position) => !stack.Layers[1].Output.Row(position).ContainsAnyExcept(0)).ToHashSet();
        Assert.NotEmpty(dropped);
        foreach (var word in window.Inputs.ToArray().Distinct())
        {
            var hasGradient = gradients.Embedding.Matrix.Row(word).ContainsAnyExcept(0);
            Assert.Equal(tied || !dropped.Contains(word), hasGradient);
            Assert.True(without.Embedding.Matrix.Row(word).ContainsAnyExcept(0));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_dropped_in_evaluation(bool tied)
    {
        var shape = Cases.Shape(CellKind.Gru, tied);
        var stream = Cases.Stream(shape, 40);
        var options = Cases.Options(shape);
        options.Regularization.EmbeddingDropout = 0.9;
        using var with = new ManagedEngine().Start(Cases.Weights(shape), options);
        using var without = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        with.ComputeGradients(Cases.Window(shape, 2, 5, seed: 1, fresh: true), new NetworkWeights(shape));
        Assert.Equal(without.Evaluate(stream, default), with.Evaluate(stream, default));
    }

    // The words of a window, and what the layers above read of an embedding of ones.
    private static (int[] Words, float[][] Rows) Pass(double share, long step)
    {
        var shape = Cases.Shape(CellKind.Elman);
        var weights = Cases.Weights(shape);
        weights.Embedding.Values.AsSpan().Fill(1);
        var options = Cases.Options(shape);
        options.Regularization.EmbeddingDropout = share;
        var window = Cases.Window(shape, Batch, Length, seed: 1, fresh: true);
        var output = ForwardPass.Of(weights, options, window, step).Layers.OfType<EmbeddingDropout>().Single().Output;
        return (window.Inputs.ToArray(), [.. Enumerable.Range(0, window.Inputs.Length).Select(row => output.Row(row).ToArray())]);
    }
}
