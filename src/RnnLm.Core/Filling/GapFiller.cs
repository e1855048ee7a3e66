using RnnLm.Mixtures;
using RnnLm.Numerics;

namespace RnnLm.Filling;

/// <summary>
/// Finds what a gap is most probably filled with: every candidate is scored with both sides of the gap, of which the one before it is read once. It has working room, and
/// serves one gap at a time.
/// </summary>
/// <param name="scorer">What scores.</param>
/// <param name="vocabulary">The words that it knows.</param>
/// <param name="options">How the gap is filled.</param>
/// <param name="wordsBehind">Of a model of subwords, what finds the most probable whole words behind a state, as many as are asked for; null where words are no pieces.</param>
/// <param name="cancellationToken">Ends it early.</param>
internal sealed class GapFiller(
    StateScorer scorer, Vocabulary vocabulary, FillOptions options, Func<RecurrentState, int, string[]>? wordsBehind, CancellationToken cancellationToken)
{
    /// <summary>Fills a gap.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="candidates">What may stand there, at least one; equal ones count once. Null means the words of the vocabulary.</param>
    /// <param name="start">What was read before the text; left as it is.</param>
    /// <exception cref="InvalidOperationException">No candidates are given, and no word of the vocabulary can stand there.</exception>
    public FilledGap Fill(Gap gap, IReadOnlyList<string>? candidates, RecurrentState start)
        => candidates is not null ? FillWithCandidates(gap, candidates, start, isExact: true)
            : wordsBehind is null ? FillWithWords(gap, start)
            : FillWithCandidates(gap, WholeWordsToTry(gap, start), start, isExact: false); // there are words without end

    private string[] WholeWordsToTry(Gap gap, RecurrentState start)
    {
        var state = start.Clone();
        scorer.Read(gap.Before, state);
        var words = wordsBehind!(state, Math.Min(options.Shortlist ?? FillOptions.UsualShortlist, vocabulary.Count));
        return words.Length > 0 ? words : throw new InvalidOperationException("There is no word to fill the gap with: the model holds none possible there. Give candidates.");
    }

    private FilledGap FillWithCandidates(Gap gap, IReadOnlyList<string> candidates, RecurrentState start, bool isExact)
    {
        string[] distinct = [.. candidates.Distinct(StringComparer.Ordinal)];
        int[][] texts = [.. distinct.Select(candidate => WithEnd(gap.Encode(candidate, cancellationToken)))];
        var common = texts[0].AsSpan();
        foreach (var text in texts) common = common[..common.CommonPrefixLength(text)];
        var length = common.Length;
        var state = start.Clone();
        var before = scorer.Read(common, state);
        var sums = scorer.Score(state, [.. texts.Select(text => text[length..])]);
        return Choose(gap, place => distinct[place], before, sums, place => texts[place].Count(id => id == Vocabulary.UnknownId), isExact);
    }

    private FilledGap FillWithWords(Gap gap, RecurrentState start)
    {
        var state = start.Clone();
        var before = scorer.Read(gap.Before, state);
        var words = WordsToTry(gap, state, out var isExact);
        if (words.Length == 0)
            throw new InvalidOperationException(
                "There is no word to fill the gap with: no word of the vocabulary would be read as itself there. Leave a space on either side of the gap, or give candidates.");
        var after = WithEnd(gap.After);
        var sums = scorer.Score(state, [.. words.Select(word => (int[])[word, .. after])]);
        var unknown = gap.Before.Count(id => id == Vocabulary.UnknownId) + gap.After.Count(id => id == Vocabulary.UnknownId);
        return Choose(gap, place => vocabulary[words[place]], before, sums, _ => unknown, isExact);
    }

    private int[] WithEnd(int[] words) => options.IncludeEndOfLine ? [.. words, Vocabulary.EndOfLineId] : words;

    /// <summary>The words of the vocabulary that are tried, in the order of their ids or from the most probable before the gap on.</summary>
    private int[] WordsToTry(Gap gap, RecurrentState state, out bool isExact)
    {
        int[] takable = [.. Enumerable.Range(0, vocabulary.Count).Where(id => id is not (Vocabulary.UnknownId or Vocabulary.EndOfLineId) && Takes(id))];
        var shortlist = options.Shortlist ?? FillOptions.UsualShortlist;
        isExact = takable.Length <= shortlist;
        if (isExact) return takable;
        var logProbabilities = new float[vocabulary.Count];
        scorer.LogProbabilities(state, logProbabilities);
        float[] chosen = [.. takable.Select(id => logProbabilities[id])];
        var places = new int[shortlist];
        var count = VectorFunctions.TopK(chosen, places);
        return [.. places.Take(count).Select(place => takable[place])];

        bool Takes(int id)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return gap.Takes(vocabulary[id]);
        }
    }

    private FilledGap Choose(Gap gap, Func<int, string> wordsAt, double before, double[] sums, Func<int, int> unknownAt, bool isExact)
    {
        var whole = LogSum.Zero;
        foreach (var sum in sums) whole = LogSum.Add(whole, sum);
        FillCandidate[] best =
        [
            .. Enumerable.Range(0, sums.Length).OrderByDescending(place => sums[place]).Take(options.Count).Select(place =>
            {
                var words = wordsAt(place);
                return new FillCandidate(words, gap.With(words), before + sums[place], Math.Exp(sums[place] - whole), unknownAt(place));
            }),
        ];
        return new FilledGap(best, sums.Length, isExact);
    }
}
