namespace RnnLm.Training;

/// <summary>
/// Draws the words that the targets of a window are compared with. Words are drawn from a distribution <c>q</c> until there are as
/// many different ones as are wanted; how often a word was to be expected among them, which is how likely it was to be there, is
/// <c>1 - (1 - q)^draws</c>, as in TensorFlow's candidate samplers. What is drawn follows from seed and step alone.
/// </summary>
internal sealed class NegativeSampler
{
    private readonly int seed;
    private readonly AliasTable? table; // null where every word is in the sample
    private readonly double[] logComplements; // of every word: ln(1 - q)
    private readonly bool[] isDrawn;
    private readonly int[] words;
    private long draws;

    /// <param name="probabilities">The probability <c>q</c> of every word.</param>
    /// <param name="count">The number of different words to draw. Where it is more than half of all, every word is in the sample.</param>
    /// <param name="seed">What the draws follow from.</param>
    public NegativeSampler(double[] probabilities, int count, int seed)
    {
        this.seed = seed;
        isDrawn = new bool[probabilities.Length];
        var isWhole = count > probabilities.Length / 2; // the last of many words could be long in coming
        words = [.. Enumerable.Range(0, isWhole ? probabilities.Length : count)];
        table = isWhole ? null : new AliasTable(probabilities);
        logComplements = isWhole ? [] : [.. probabilities.Select(probability => Math.Log(1 - probability))];
    }

    /// <summary>Makes the sampler that the options describe.</summary>
    /// <param name="vocabularySize">The number of words.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">What the draws follow from.</param>
    /// <param name="wordCounts">How often each word occurs in the corpus; null where that is not known.</param>
    /// <exception cref="ArgumentException">The counts are needed, and are missing or wrong.</exception>
    public static NegativeSampler Create(int vocabularySize, SampledSoftmax options, int seed, IReadOnlyList<long>? wordCounts)
    {
        if (options.Sampler == SamplerKind.LogUniform)
            return new NegativeSampler(WordDistribution.LogUniform(vocabularySize), options.Samples, seed);
        if (wordCounts is null)
        {
            throw new ArgumentException(
                "The sampler Unigram draws words as often as they occur; start the engine with their counts, or choose LogUniform.",
                nameof(wordCounts));
        }
        if (wordCounts.Count != vocabularySize)
            throw new ArgumentException($"There are counts of {wordCounts.Count} words; the vocabulary has {vocabularySize}.", nameof(wordCounts));
        if (wordCounts.Any(count => count < 0)) throw new ArgumentException("A word cannot occur less than zero times.", nameof(wordCounts));
        return new NegativeSampler(WordDistribution.Unigram(wordCounts), options.Samples, seed);
    }

    /// <summary>The words drawn last, each once.</summary>
    public ReadOnlySpan<int> Words => words;

    /// <summary>Draws words.</summary>
    /// <param name="step">The training step.</param>
    public void Draw(long step)
    {
        if (table is null) return;
        foreach (var word in words) isDrawn[word] = false;
        var generator = new CounterGenerator(seed, step, Places.Samples);
        draws = 0;
        for (var count = 0; count < words.Length; draws++)
        {
            var word = table.At(generator.At((uint)(2 * draws)), generator.At((uint)(2 * draws + 1)));
            if (isDrawn[word]) continue;
            isDrawn[word] = true;
            words[count++] = word;
        }
    }

    /// <summary>The logarithm of how often a word was to be expected in the sample.</summary>
    public double LogExpectedCount(int word) => table is null ? 0 : Math.Log(1 - Math.Exp(draws * logComplements[word]));
}
