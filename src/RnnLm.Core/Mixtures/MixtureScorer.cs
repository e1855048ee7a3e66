using System.Runtime.CompilerServices;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>
/// Gives words of a text the log-probabilities, and where asked the ranks, that a mixture gives them, many at a time. A word's answer is the same to the
/// last bit however many there are. It has working room, so it belongs to one thread.
/// </summary>
internal sealed class MixtureScorer
{
    // As many values as stay in a third-level cache: of whole distributions, and of products of states.
    private const int MostOfDistributions = 1 << 20;
    private const int MostOfProducts = 1 << 20;

    private readonly Mixture mixture;
    private readonly int ranked;
    private readonly int rowsAtOnce;
    private readonly WordQueries queries = new();
    private readonly WordScorer?[] scorers; // of the networks; none where there are ranks to tell
    private readonly DistributionWork takeDistribution;
    private readonly float[] distributions; // [rows, vocabulary]
    private readonly float[] distribution; // of an n-gram model: [vocabulary]
    private readonly float[] products; // [rows, states that a cache holds]
    private readonly int[] oldest;

    // The words at hand: the position of the first, what each is, where what is known of it goes; and the network at hand.
    private ReadOnlyMemory<int> text;
    private int position;
    private double[] logProbabilities = [];
    private int place;
    private int network;

    /// <param name="mixture">The mixture.</param>
    /// <param name="ranked">Of how many of the most probable words the places are to be told; 0 where ranks are not wanted.</param>
    /// <param name="capacity">The greatest number of words at a time.</param>
    public MixtureScorer(Mixture mixture, int ranked, int capacity)
    {
        this.mixture = mixture;
        this.ranked = ranked;
        var greatestCache = mixture.Networks.Max(part => part.CacheSize);
        rowsAtOnce = capacity;
        if (ranked > 0) rowsAtOnce = Math.Clamp(MostOfDistributions / mixture.VocabularySize, 1, rowsAtOnce);
        if (greatestCache > 0) rowsAtOnce = Math.Clamp(MostOfProducts / (greatestCache + capacity), 1, rowsAtOnce);
        scorers = [.. mixture.Networks.Select(part => ranked > 0 ? null : part.Network.Output.CreateScorer(rowsAtOnce))];
        distributions = ranked > 0 ? new float[rowsAtOnce * mixture.VocabularySize] : [];
        distribution = ranked > 0 && mixture.NGrams.Count > 0 ? new float[mixture.VocabularySize] : [];
        products = greatestCache > 0 ? new float[rowsAtOnce * (greatestCache + rowsAtOnce)] : [];
        oldest = new int[rowsAtOnce];
        takeDistribution = TakeDistribution;
    }

    /// <summary>Scores words that follow one another.</summary>
    /// <param name="text">The text: the word before the first that is ever scored, an end-of-line word, and then all words.</param>
    /// <param name="first">The position of the first word to score, the first after the end-of-line word having 0.</param>
    /// <param name="count">The number of words.</param>
    /// <param name="states">The states of each network: those from which the words are predicted, and those that its cache holds.</param>
    /// <param name="outputs">The output layer of each network.</param>
    /// <param name="separatesLines">Whether a cache begins empty at the beginning of every line.</param>
    /// <param name="logProbabilities">Receives the words' log-probabilities from <paramref name="destination"/> on.</param>
    /// <param name="ranks">Receives their ranks from <paramref name="destination"/> on, where they are wanted.</param>
    /// <param name="entropies">Receives the entropies of their predictions from <paramref name="destination"/> on, where ranks are wanted; empty where they are not wanted.</param>
    /// <param name="destination">The place of the first.</param>
    public void Score(
        ReadOnlyMemory<int> text, int first, int count, ReadOnlySpan<StateWindow> states, ReadOnlySpan<OutputLayer> outputs, bool separatesLines,
        double[] logProbabilities, int[] ranks, double[] entropies, int destination)
    {
        (this.text, this.logProbabilities) = (text, logProbabilities);
        for (var done = 0; done < count; done += rowsAtOnce)
        {
            (position, place) = (first + done, destination + done);
            Score(Math.Min(rowsAtOnce, count - done), states, outputs, separatesLines, ranks.AsSpan(ranked > 0 ? place : 0), entropies);
        }
    }

    private void Score(
        int rows, ReadOnlySpan<StateWindow> states, ReadOnlySpan<OutputLayer> outputs, bool separatesLines, Span<int> ranks, double[] entropies)
    {
        logProbabilities.AsSpan(place, rows).Fill(LogSum.Zero);
        for (network = 0; network < outputs.Length; network++)
        {
            var part = mixture.Networks[network];
            FindOldest(rows, part.CacheSize, separatesLines);
            var hidden = states[network].Rows(position, rows);
            if (ranked > 0) outputs[network].Distributions(hidden, takeDistribution);
            else ScoreByNetwork(hidden);
            if (part.Cache is { } cache) AddCache(part, cache, hidden, states[network]);
        }
        foreach (var nGram in mixture.NGrams) AddNGram(nGram, rows);
        if (ranked == 0) return;
        for (var row = 0; row < rows; row++)
        {
            var masses = Distribution(row);
            ranks[row] = Rank.Before(Word(row), masses[Word(row)], masses);
            if (entropies.Length > 0) entropies[place + row] = Entropy.OfProbabilities(masses);
        }
    }

    /// <summary>The word that is predicted from the state of a row.</summary>
    private int Word(int row) => text.Span[position + row + 1];

    private Span<float> Distribution(int row) => distributions.AsSpan(row * mixture.VocabularySize, mixture.VocabularySize);

    private void AddTo(int row, double logProbability) => logProbabilities[place + row] = LogSum.Add(logProbabilities[place + row], logProbability);

    /// <summary>Finds the position of the oldest word that the cache holds when each word is predicted; its own position where it holds none.</summary>
    private void FindOldest(int rows, int size, bool separatesLines)
    {
        var least = 0;
        if (separatesLines)
        {
            // A line begins with the word after an end-of-line word, whose position is that word's place in the text; what is out of the cache need not be searched.
            var start = Math.Max(0, position - size);
            least = start + Math.Max(0, text.Span[start..(position + 1)].LastIndexOf(Vocabulary.EndOfLineId));
        }
        for (var row = 0; row < rows; row++)
        {
            if (separatesLines && text.Span[position + row] == Vocabulary.EndOfLineId) least = position + row;
            oldest[row] = Math.Max(least, position + row - size);
        }
    }

    private bool IsCached(int row) => oldest[row] < position + row;

    private void ScoreByNetwork(MatrixView hidden)
    {
        queries.Clear();
        for (var row = 0; row < hidden.Rows; row++) queries.Add(row, Word(row));
        scorers[network]!.Score(hidden, queries);
        for (var row = 0; row < hidden.Rows; row++)
            AddTo(row, queries.LogProbabilities[row] + Math.Log(mixture.Networks[network].WeightOfNetwork(IsCached(row))));
    }

    private void TakeDistribution(int row, Span<float> logits, float normalizer)
    {
        var weight = mixture.Networks[network].WeightOfNetwork(IsCached(row));
        AddTo(row, (double)logits[Word(row)] - normalizer + Math.Log(weight));
        VectorFunctions.ExpAndSum(logits, normalizer);
        var masses = Distribution(row);
        if (network == 0) masses.Clear();
        VectorFunctions.MultiplyAdd((float)weight, logits, masses);
    }

    private void AddCache(CachedNetwork part, NeuralCache cache, MatrixView hidden, StateWindow states)
    {
        var start = oldest[0];
        var held = position + hidden.Rows - 1 - start;
        if (held == 0) return;
        var likeness = new MatrixView(products, hidden.Rows, held);
        MatrixProduct.Multiply(hidden, states.Rows(start, held).Transposed, likeness, accumulate: false, Workers.Single);
        for (var row = 0; row < hidden.Rows; row++)
        {
            if (!IsCached(row)) continue;
            var shares = likeness.Row(row)[(oldest[row] - start)..(position + row - start)];
            var words = text.Span.Slice(oldest[row] + 1, shares.Length);
            CacheSoftmax.Apply(shares, cache.Sharpness);
            AddTo(row, Math.Log(part.WeightOfCache * CacheSoftmax.SumOf(Word(row), words, shares)));
            if (ranked > 0) AddShares(words, shares, (float)part.WeightOfCache, Distribution(row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddShares(ReadOnlySpan<int> words, ReadOnlySpan<float> shares, float weight, Span<float> masses)
    {
        for (var i = 0; i < words.Length; i++) masses[words[i]] += weight * shares[i];
    }

    private void AddNGram(InterpolatedNGram nGram, int rows)
    {
        var logWeight = Math.Log(nGram.Weight);
        for (var row = 0; row < rows; row++)
        {
            var end = position + row + 1;
            var context = text.Span[Math.Max(0, end - nGram.ContextLength)..end];
            AddTo(row, nGram.LogProbability(context, Word(row)) + logWeight);
            if (ranked == 0) continue;
            nGram.LogProbabilities(context, distribution);
            VectorFunctions.Exp(distribution, distribution);
            VectorFunctions.MultiplyAdd((float)nGram.Weight, distribution, Distribution(row));
        }
    }
}
