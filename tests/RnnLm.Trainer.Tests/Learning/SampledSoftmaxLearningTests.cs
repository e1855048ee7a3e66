namespace RnnLm.Training.Tests;

/// <summary>Learning with a sampled softmax beside learning with the full one.</summary>
public class SampledSoftmaxLearningTests
{
    private const int Words = 600;

    // Half of the words follow from the one before; the others are drawn by Zipf's law.
    private static TokenStream Text(int length, int seed)
    {
        var random = new Random(seed);
        var ids = new int[length];
        for (var i = 0; i < length; i++)
        {
            var previous = i == 0 ? 1 : ids[i - 1];
            ids[i] = random.Next(2) == 0 ? (previous * 7 + 3) % Words : (int)Math.Exp(random.NextDouble() * Math.Log(Words + 1)) - 1;
        }
        return Texts.Of(ids);
    }

    [Theory]
    [InlineData(SamplerKind.LogUniform, false)]
    [InlineData(SamplerKind.Unigram, true)]
    public void A_sample_of_a_third_of_the_words_is_almost_as_good_as_all_of_them(SamplerKind sampler, bool tied)
    {
        double Perplexity(Softmax softmax)
        {
            var options = new TrainingOptions
            {
                Cell = CellKind.Gru,
                Layers = 1,
                EmbeddingSize = 32,
                HiddenSize = 32,
                Tied = tied,
                Dropout = 0,
                Optimizer = new Adam { LearningRate = 0.01 },
                GradientClip = 1,
                BatchSize = 10,
                Window = 10,
                Epochs = 4,
                Threads = 1,
                Softmax = softmax,
            };
            var trained = new LanguageModelTrainer(options)
                .Train(Tokenizer.Whitespace, Texts.Vocabulary(Words), Text(20_000, seed: 1), Text(4_000, seed: 2));
            return trained.Result.Epochs[^1].ValidationPerplexity!.Value;
        }
        var full = Perplexity(new FullSoftmax());
        Assert.InRange(full, 1, Words / 6.0);
        Assert.InRange(Perplexity(new SampledSoftmax { Samples = Words / 3, Sampler = sampler }), 0.9 * full, 1.08 * full);
    }
}
