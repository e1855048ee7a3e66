namespace RnnLm.Summaries;

/// <summary>
/// Chooses sentences one after another, each time the one that adds most to what the chosen ones tell of the rest: <c>Σ_t max(0, v(s, t) − λ best(t))</c>, where <c>best(t)</c> is
/// the most that a chosen sentence tells of <c>t</c>. With <c>λ = 1</c> it is greedy search for <c>Σ_t max_s v(s, t)</c>, which comes within <c>1 − 1/e</c> of the best (Nemhauser
/// 1978; Lin and Bilmes 2011).
/// </summary>
/// <param name="values">What each sentence tells of each compared one: <c>[sentences, compared]</c>.</param>
/// <param name="compared">The compared sentences, rising.</param>
/// <param name="wordCounts">The number of words of each sentence.</param>
/// <param name="options">How many are chosen, and the penalty <c>λ</c>.</param>
internal sealed class SentenceSelection(double[][] values, int[] compared, int[] wordCounts, SummaryOptions options)
{
    private readonly double[] best = new double[compared.Length];

    /// <summary>The sentences in the order in which they are chosen, and what each added.</summary>
    /// <param name="cancellationToken">Ends it early, between two sentences.</param>
    public IEnumerable<(int Sentence, double Score)> Choose(CancellationToken cancellationToken = default)
    {
        double room = options.ShareOfWords is { } share ? share * wordCounts.Sum() : double.PositiveInfinity;
        var isAnyInRoom = wordCounts.Any(words => words <= room);
        var candidates = Candidates();
        for (var count = 0; count < options.MostSentences && Next(candidates, isAnyInRoom ? room : double.PositiveInfinity) is { } next; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(next.Sentence);
            room -= wordCounts[next.Sentence];
            yield return next;
            if (!isAnyInRoom) yield break;
        }
    }

    /// <summary>
    /// The sentences, the one that adds most first; where nothing is added any more, what a sentence tells by itself decides, and then its place.
    /// </summary>
    private PriorityQueue<int, (double Added, double Alone, int Sentence)> Candidates()
    {
        var candidates = new PriorityQueue<int, (double Added, double Alone, int Sentence)>(
            values.Length, Comparer<(double Added, double Alone, int Sentence)>.Create((one, other) => (other.Added, other.Alone, one.Sentence).CompareTo((one.Added, one.Alone, other.Sentence))));
        for (var sentence = 0; sentence < values.Length; sentence++)
            candidates.Enqueue(sentence, (Added(sentence), Sum(sentence, penalty: 0, double.NegativeInfinity), sentence));
        return candidates;
    }

    /// <summary>
    /// The sentence that adds most among those that have no more words than there is room for; null where there is none. What a sentence adds, and the room, never grow, so
    /// that one which comes first by what it adds now is the next, whatever the others add by now (Minoux 1978).
    /// </summary>
    private (int Sentence, double Score)? Next(PriorityQueue<int, (double Added, double Alone, int Sentence)> candidates, double room)
    {
        while (candidates.TryDequeue(out var sentence, out var before))
        {
            if (wordCounts[sentence] > room) continue;
            var added = Added(sentence);
            if (added.Equals(before.Added)) return (sentence, added);
            candidates.Enqueue(sentence, before with { Added = added });
        }
        return null;
    }

    private double Added(int sentence) => Sum(sentence, options.RedundancyPenalty, least: 0);

    /// <summary>What a sentence tells of the others beyond what those chosen tell; the penalty is 0 for what it tells by itself.</summary>
    private double Sum(int sentence, double penalty, double least)
    {
        var (sum, count) = (0.0, 0);
        for (var place = 0; place < compared.Length; place++)
        {
            if (compared[place] == sentence) continue;
            sum += Math.Max(least, values[sentence][place] - (penalty * best[place]));
            count++;
        }
        return count == 0 ? 0 : sum * (values.Length - 1) / count; // scaled up to all others of the document
    }

    private void Take(int sentence)
    {
        for (var place = 0; place < compared.Length; place++)
        {
            // Nothing is left to be told of a sentence that is in the summary itself.
            best[place] = compared[place] == sentence
                ? values.Max(row => Math.Max(0, row[place]))
                : Math.Max(best[place], values[sentence][place]);
        }
    }
}
