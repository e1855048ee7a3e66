namespace RnnLm.Training.Tests.Engines.Sampled;

public class NegativeSamplerTests
{
    private static readonly double[] Probabilities = WordDistribution.LogUniform(1000);

    private static int[] Draw(NegativeSampler sampler, long step)
    {
        sampler.Draw(step);
        return sampler.Words.ToArray();
    }

    [Fact]
    public void A_sample_has_as_many_different_words_as_were_asked_for()
    {
        var sampler = new NegativeSampler(Probabilities, 200, seed: 1);
        for (var step = 0; step < 50; step++)
        {
            var words = Draw(sampler, step);
            Assert.Equal(200, words.Distinct().Count());
            Assert.All(words, word => Assert.InRange(word, 0, 999));
        }
    }

    [Fact]
    public void A_sample_follows_from_seed_and_step_alone()
    {
        var (one, other) = (new NegativeSampler(Probabilities, 50, seed: 1), new NegativeSampler(Probabilities, 50, seed: 1));
        Draw(other, 3);
        Assert.Equal(Draw(one, 7), Draw(other, 7));
        Assert.NotEqual(Draw(one, 7), Draw(one, 8));
        Assert.NotEqual(Draw(one, 7), Draw(new NegativeSampler(Probabilities, 50, seed: 2), 7));
    }

    [Theory]
    [InlineData(SamplerKind.LogUniform)]
    [InlineData(SamplerKind.Unigram)]
    public void Words_are_in_samples_as_often_as_expected(SamplerKind kind)
    {
        const int Steps = 20_000;
        const int Vocabulary = 400;
        var probabilities = kind == SamplerKind.LogUniform
            ? WordDistribution.LogUniform(Vocabulary)
            : WordDistribution.Unigram([.. Enumerable.Range(0, Vocabulary).Select(id => 1 + 5000L / ((id + 7) * (id + 7)))]);
        var sampler = new NegativeSampler(probabilities, 60, seed: 5);
        var (counts, expected) = (new long[Vocabulary], new double[Vocabulary]);
        for (var step = 0; step < Steps; step++)
        {
            sampler.Draw(step);
            foreach (var word in sampler.Words) counts[word]++;
            for (var word = 0; word < Vocabulary; word++) expected[word] += Math.Exp(sampler.LogExpectedCount(word));
        }
        Assert.Equal(60.0 * Steps, expected.Sum(), 0.01 * 60 * Steps);
        for (var word = 0; word < Vocabulary; word++)
        {
            // Five standard deviations, and a little for the number of draws not being known beforehand.
            var deviation = Math.Sqrt(expected[word] * (1 - expected[word] / Steps));
            Assert.True(
                Math.Abs(counts[word] - expected[word]) < 5 * deviation + 0.01 * expected[word],
                $"word {word} was in {counts[word]} samples; {expected[word]:F1} ± {deviation:F1} were expected");
        }
    }

    [Theory]
    [InlineData(501)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void More_than_half_of_the_vocabulary_is_all_of_it(int count)
    {
        var sampler = new NegativeSampler(Probabilities, count, seed: 1);
        Assert.Equal(Enumerable.Range(0, 1000), Draw(sampler, 1));
        Assert.Equal(0, sampler.LogExpectedCount(999));
    }

    [Fact]
    public void Half_of_the_vocabulary_can_be_drawn()
        => Assert.Equal(500, Draw(new NegativeSampler(Probabilities, 500, seed: 1), 1).Distinct().Count());
}
