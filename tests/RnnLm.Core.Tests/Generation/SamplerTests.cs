using RnnLm.Generation;

namespace RnnLm.Tests.Generation;

public class SamplerTests
{
    private const int Draws = 20000;

    private static readonly double[] Probabilities = [0.05, 0.4, 0.15, 0.3, 0.1];

    /// <summary>How often each word is drawn, as shares.</summary>
    private static double[] Shares(SamplingOptions options, double[]? probabilities = null)
    {
        options.Seed = 1;
        var sampler = WordChooser.Create(options);
        float[] logProbabilities = [.. (probabilities ?? Probabilities).Select(probability => (float)Math.Log(probability))];
        var counts = new int[logProbabilities.Length];
        for (var i = 0; i < Draws; i++) counts[sampler.Choose(logProbabilities)]++;
        return [.. counts.Select(count => (double)count / Draws)];
    }

    private static void AssertShares(double[] expected, double[] actual)
    {
        var sum = expected.Sum();
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] == 0) Assert.Equal(0, actual[i]);
            else Assert.Equal(expected[i] / sum, actual[i], 0.015); // four standard deviations
        }
    }

    [Fact]
    public void Words_are_drawn_as_often_as_they_are_probable()
        => AssertShares(Probabilities, Shares(new SamplingOptions()));

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void A_temperature_raises_probabilities_to_its_inverse(double temperature)
        => AssertShares([.. Probabilities.Select(p => Math.Pow(p, 1 / temperature))], Shares(new SamplingOptions { Temperature = temperature }));

    [Fact]
    public void The_lowest_temperature_draws_the_most_probable_word()
        => AssertShares([0, 1, 0, 0, 0], Shares(new SamplingOptions { Temperature = double.Epsilon }));

    [Theory]
    [InlineData(1, new[] { 0, 0.4, 0, 0, 0 })]
    [InlineData(3, new[] { 0, 0.4, 0.15, 0.3, 0 })]
    [InlineData(100, new[] { 0.05, 0.4, 0.15, 0.3, 0.1 })]
    public void Top_k_draws_among_the_k_most_probable(int k, double[] expected)
        => AssertShares(expected, Shares(new SamplingOptions { TopK = k }));

    [Theory]
    [InlineData(0.1, new[] { 0, 0.4, 0, 0, 0 })]
    [InlineData(0.6, new[] { 0, 0.4, 0, 0.3, 0 })]
    [InlineData(0.8, new[] { 0, 0.4, 0.15, 0.3, 0 })]
    [InlineData(1, new[] { 0.05, 0.4, 0.15, 0.3, 0.1 })]
    public void Top_p_draws_among_the_fewest_words_that_make_up_the_share(double p, double[] expected)
        => AssertShares(expected, Shares(new SamplingOptions { TopP = p }));

    [Theory]
    [InlineData(0, new[] { 0.05, 0.4, 0.15, 0.3, 0.1 })]
    [InlineData(0.3, new[] { 0, 0.4, 0.15, 0.3, 0 })]
    [InlineData(1, new[] { 0, 0.4, 0, 0, 0 })]
    public void Min_p_draws_among_words_not_much_less_probable_than_the_first(double p, double[] expected)
        => AssertShares(expected, Shares(new SamplingOptions { MinP = p }));

    [Fact]
    public void Cuts_follow_each_other()
        // Top-k leaves 0.4, 0.3, 0.15 of 0.85; 0.8 of that is reached by two.
        => AssertShares([0, 0.4, 0, 0.3, 0], Shares(new SamplingOptions { TopK = 3, TopP = 0.8, MinP = 0.1 }));

    [Fact]
    public void An_excluded_word_is_never_drawn()
    {
        double[] without = [0.05, 0, 0.15, 0.3, 0.1];
        AssertShares(without, Shares(new SamplingOptions(), without));
        AssertShares(without, Shares(new SamplingOptions { TopK = 5, TopP = 1, MinP = 0 }, without));
    }
}
