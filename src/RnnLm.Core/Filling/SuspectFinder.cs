using RnnLm.Numerics;
using RnnLm.Scoring;

namespace RnnLm.Filling;

/// <summary>
/// Finds the words of a text that look like mistakes. In the place of every word the most probable others are tried, with what follows; and what the
/// model expects elsewhere in the text tells how rare a word is without anything having been counted. It has working room, and looks through one text at a time.
/// </summary>
internal sealed class SuspectFinder : ISuspectFinder
{
    private const int MostAlternatives = 5;

    private readonly StateScorer scorer;
    private readonly Vocabulary vocabulary;
    private readonly SuspectOptions options;
    private readonly float[] logProbabilities; // [vocabulary]
    private readonly float[] probabilities;    // [vocabulary]
    private readonly double[] expected;        // [vocabulary]: the sum of the probabilities over all places of the text

    /// <param name="scorer">What scores.</param>
    /// <param name="vocabulary">The words that it knows.</param>
    /// <param name="options">How suspects are found.</param>
    public SuspectFinder(StateScorer scorer, Vocabulary vocabulary, SuspectOptions options)
    {
        (this.scorer, this.vocabulary, this.options) = (scorer, vocabulary, options);
        logProbabilities = new float[scorer.VocabularySize];
        probabilities = new float[scorer.VocabularySize];
        expected = new double[scorer.VocabularySize];
    }

    /// <summary>What is known of the word in a place.</summary>
    /// <param name="Id">The word.</param>
    /// <param name="Others">The best other words, the best first; there may be none.</param>
    /// <param name="LogOdds">The log-odds of each.</param>
    /// <param name="Probability">The word's probability after the words before it.</param>
    /// <param name="OtherProbability">That of the best other word.</param>
    private readonly record struct Place(int Id, int[] Others, double[] LogOdds, float Probability, float OtherProbability);

    public IReadOnlyList<SuspectWord> Find(EncodedText text, RecurrentState start, int count)
    {
        var state = start.Clone();
        Array.Clear(expected);
        int[] words = options.IncludeEndOfLine ? [.. text.Ids, Vocabulary.EndOfLineId] : text.Ids;
        var places = new Place[text.Ids.Length];
        for (var i = 0; i < words.Length; i++)
        {
            scorer.LogProbabilities(state, logProbabilities);
            VectorFunctions.Exp(logProbabilities, probabilities);
            for (var id = 0; id < expected.Length; id++) expected[id] += probabilities[id];
            if (i == places.Length) break;
            places[i] = Try(words, i, state);
            scorer.Step(words[i], state);
        }
        return
        [
            .. places.Select((place, i) => (Place: place, Index: i, Suspicion: SuspicionOf(place, words.Length)))
                .Where(found => found.Place.Others.Length > 0 && found.Place.LogOdds[0] > 0 && found.Place.LogOdds[0] >= options.LeastLogOdds)
                .OrderByDescending(found => found.Suspicion)
                .Take(count)
                .Select(found => new SuspectWord(
                    text.WordAt(found.Index), found.Index, found.Place.LogOdds[0], found.Suspicion, found.Place.Id == Vocabulary.UnknownId,
                    [.. found.Place.Others.Zip(found.Place.LogOdds, (other, odds) => new SuspectAlternative(vocabulary[other], odds)).Where(other => other.LogOdds > 0)])),
        ];
    }

    /// <summary>Tries other words in a place.</summary>
    private Place Try(int[] words, int place, RecurrentState state)
    {
        var word = words[place];
        foreach (var excluded in (ReadOnlySpan<int>)[Vocabulary.UnknownId, Vocabulary.EndOfLineId, word]) logProbabilities[excluded] = float.NegativeInfinity;
        var others = new int[Math.Min(options.Shortlist, scorer.VocabularySize)];
        var tried = VectorFunctions.TopK(logProbabilities, others);
        while (tried > 0 && float.IsNegativeInfinity(logProbabilities[others[tried - 1]])) tried--;
        others = others[..tried];

        // In a difference of sums what stands before the word is not left.
        var end = (int)Math.Min(words.Length, place + 1L + options.FollowingWords);
        var after = words[(place + 1)..end];
        var sums = scorer.Score(state, [.. others.Select(other => (int[])[other, .. after]), [word, .. after]]);
        int[] best = [.. Enumerable.Range(0, tried).OrderByDescending(i => sums[i]).Take(MostAlternatives)];
        return new Place(
            word, [.. best.Select(i => others[i])], [.. best.Select(i => sums[i] - sums[^1])], probabilities[word], tried == 0 ? 0 : probabilities[others[best[0]]]);
    }

    /// <summary>The log-odds of a place, less a share of those that the two words have in all other places.</summary>
    private double SuspicionOf(Place place, int positions)
    {
        if (place.Others.Length == 0) return double.NegativeInfinity;
        if (positions == 1 || options.Rarity == 0) return place.LogOdds[0];
        var other = expected[place.Others[0]] - place.OtherProbability;
        var word = place.Id == Vocabulary.UnknownId && options.UnknownWordLogProbability is { } known
            ? (positions - 1) * Math.Exp(known)
            : expected[place.Id] - place.Probability;
        // A word may be so improbable everywhere that nothing is left of its probability.
        var elsewhere = Math.Log(Math.Max(other, float.Epsilon)) - Math.Log(Math.Max(word, float.Epsilon));
        return place.LogOdds[0] - (options.Rarity * elsewhere);
    }
}
