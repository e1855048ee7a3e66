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
    private readonly bool[] isChosen = new bool[values.Length];

    /// <summary>The sentences in the order in which they are chosen, and what each added.</summary>
    /// <param name="cancellationToken">Ends it early, between two sentences.</param>
    public IEnumerable<(int Sentence, double Score)> Choose(CancellationToken cancellationToken = default)
    {
        double room = options.ShareOfWords is { } share ? share * wordCounts.Sum() : double.PositiveInfinity;
        for (var count = 0; count < Math.Min(options.MostSentences, values.Length); count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((Next(room) ?? (count == 0 ? Next(double.PositiveInfinity) : null)) is not { } sentence) yield break;
            var score = Added(sentence);
            Take(sentence);
            room -= wordCounts[sentence];
            yield return (sentence, score);
        }
    }

    /// <summary>The sentence that adds most among those that have no more words than there is room for; null where there is none.</summary>
    private int? Next(double room)
    {
        int? next = null;
        var most = (Added: 0.0, Alone: 0.0);
        for (var sentence = 0; sentence < values.Length; sentence++)
        {
            if (isChosen[sentence] || wordCounts[sentence] > room) continue;
            // Where nothing is added any more, what a sentence tells by itself decides, and then its place.
            var its = (Added(sentence), Sum(sentence, penalty: 0, double.NegativeInfinity));
            if (next is null || its.CompareTo(most) > 0) (next, most) = (sentence, its);
        }
        return next;
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
        isChosen[sentence] = true;
        for (var place = 0; place < compared.Length; place++)
        {
            // Nothing is left to be told of a sentence that is in the summary itself.
            best[place] = compared[place] == sentence
                ? values.Max(row => Math.Max(0, row[place]))
                : Math.Max(best[place], values[sentence][place]);
        }
    }
}
