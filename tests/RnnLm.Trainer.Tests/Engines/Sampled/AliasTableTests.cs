namespace RnnLm.Training.Tests.Engines.Sampled;

public class AliasTableTests
{
    private const int Draws = 2_000_000;

    public static TheoryData<string, double[]> Distributions => new()
    {
        { "log-uniform", WordDistribution.LogUniform(300) },
        { "uniform", [.. Enumerable.Repeat(1 / 97.0, 97)] },
        { "one word almost always", WordDistribution.Unigram([.. Enumerable.Range(0, 60).Select(i => i == 17 ? 100_000L : 1000L)]) },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Numbers_are_drawn_as_often_as_their_probabilities_say(string name, double[] probabilities)
    {
        var table = new AliasTable(probabilities);
        var generator = new CounterGenerator(seed: 3, step: 1, place: name.Length);
        var counts = new long[probabilities.Length];
        for (uint draw = 0; draw < Draws; draw++) counts[table.At(generator.At(2 * draw), generator.At(2 * draw + 1))]++;
        Assert.InRange(ChiSquare.Deviation(counts, [.. probabilities.Select(probability => probability * Draws)]), -4, 4);
    }

    [Fact]
    public void The_ends_of_the_random_numbers_are_numbers_of_the_table()
    {
        var table = new AliasTable([0.25, 0.5, 0.25]);
        foreach (var first in new uint[] { 0, uint.MaxValue })
            foreach (var second in new uint[] { 0, uint.MaxValue }) Assert.InRange(table.At(first, second), 0, 2);
    }

    [Fact]
    public void A_number_without_probability_is_never_drawn()
    {
        var table = new AliasTable([0.5, 0, 0.5, 0]);
        var generator = new CounterGenerator(1, 1, 1);
        for (uint draw = 0; draw < 10_000; draw++) Assert.Equal(0, table.At(generator.At(2 * draw), generator.At(2 * draw + 1)) % 2);
    }
}
