namespace RnnLm.Training.Tests.Engines.Sampled;

public class WordDistributionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(33_278)]
    public void Log_uniform_probabilities_fall_and_their_sum_is_one(int words)
    {
        var probabilities = WordDistribution.LogUniform(words);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        Assert.Equal(Math.Log(2) / Math.Log(words + 1), probabilities[0], 1e-12);
        Assert.Equal(probabilities.OrderDescending(), probabilities);
    }

    [Fact]
    public void Unigram_probabilities_are_in_proportion_to_counts_and_a_word_that_does_not_occur_counts_as_once()
        => Assert.Equal([1 / 16.0, 12 / 16.0, 2 / 16.0, 1 / 16.0], WordDistribution.Unigram([0, 12, 2, 1]));
}
