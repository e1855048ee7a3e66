using RnnLm.NGrams;

namespace RnnLm.Tests.Mixtures;

/// <summary>Bigram models of random probabilities, which sum to one; the same arguments give the same model.</summary>
internal static class RandomNGrams
{
    public static NGramModel Model(Vocabulary vocabulary, int seed = 1)
    {
        var (random, count) = (new Random(seed), vocabulary.Count);
        var unigrams = Normalized([.. Enumerable.Range(0, count).Select(_ => 0.1 + random.NextDouble())]);
        var (words, values, backoffs, continuations) = (new List<int>(), new List<float>(), new float[count], new int[count + 1]);
        for (var first = 0; first < count; first++)
        {
            int[] seconds = [.. Enumerable.Range(0, count).Where(_ => random.Next(4) == 0)];
            var mass = seconds.Length == 0 ? 0 : 0.6;
            var shares = Normalized([.. seconds.Select(_ => 0.1 + random.NextDouble())]);
            words.AddRange(seconds);
            values.AddRange(shares.Select(share => (float)Math.Log(mass * share)));
            backoffs[first] = (float)Math.Log((1 - mass) / (1 - seconds.Sum(second => unigrams[second])));
            continuations[first + 1] = words.Count;
        }
        NGramLevel[] levels =
        [
            new() { Words = [], LogProbabilities = [.. unigrams.Select(share => (float)Math.Log(share))], Backoffs = backoffs, Continuations = continuations },
            new() { Words = [.. words], LogProbabilities = [.. values], Backoffs = [], Continuations = [] },
        ];
        return new NGramModel(Tokenizer.Whitespace, vocabulary, new NGramTable(levels), new TrainingRecord { Options = new Dictionary<string, string> { ["seed"] = $"{seed}" } });
    }

    private static double[] Normalized(double[] values) => [.. values.Select(value => value / values.Sum())];
}
