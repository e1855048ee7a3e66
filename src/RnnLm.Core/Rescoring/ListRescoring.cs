using RnnLm.Faults;

namespace RnnLm.Rescoring;

/// <summary>Puts n-best lists into their new order.</summary>
internal static class ListRescoring
{
    /// <summary>The new order of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="scores">The language model's scores of its hypotheses.</param>
    /// <param name="options">How scores are put together.</param>
    /// <exception cref="ArgumentException">There are weights for another number of scores, or a new score is no finite number.</exception>
    public static RescoredList Rank(NBestList list, ReadOnlySpan<TextScore> scores, RescoringOptions options)
    {
        var weights = ScoreParts.WeightsOf(options, list);
        var rescored = new RescoredHypothesis[scores.Length];
        for (var place = 0; place < scores.Length; place++)
        {
            var (hypothesis, score) = (list.Hypotheses[place], scores[place]);
            var words = ScoreParts.WordsOf(score, options.Scoring);
            var sum = ScoreParts.Sum(ScoreParts.Of(hypothesis, score.LogProbability, words, options.Scores), weights);
            if (!double.IsFinite(sum))
            {
                throw new ArgumentException(
                    $"The new score of the hypothesis {Quotation.Of(hypothesis.Text)} of utterance {Quotation.Of(list.Utterance)} is no finite number; the weights must be smaller.",
                    nameof(options));
            }
            rescored[place] = new RescoredHypothesis(hypothesis, place, sum, score.LogProbability, words, score.UnknownCount);
        }
        // OrderBy leaves equal ones in their order.
        return new RescoredList(list, [.. rescored.OrderByDescending(hypothesis => hypothesis.Score)]);
    }

    /// <summary>The new orders of many lists, whose texts are scored together.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="options">How scores are put together.</param>
    /// <param name="score">Scores texts.</param>
    public static RescoredList[] RankMany(IReadOnlyList<NBestList> lists, RescoringOptions options, Func<IEnumerable<string>, IReadOnlyList<TextScore>> score)
    {
        TextScore[] scores = [.. score(lists.SelectMany(list => list.Hypotheses).Select(hypothesis => hypothesis.Text))];
        var rescored = new RescoredList[lists.Count];
        var first = 0;
        for (var i = 0; i < rescored.Length; i++)
        {
            rescored[i] = Rank(lists[i], scores.AsSpan(first, lists[i].Hypotheses.Count), options);
            first += lists[i].Hypotheses.Count;
        }
        return rescored;
    }

    /// <summary>Lists as they are to be rescored.</summary>
    /// <exception cref="ArgumentException">One is null, or does not go with the options.</exception>
    public static NBestList[] Checked(IEnumerable<NBestList> lists, RescoringOptions options)
    {
        ArgumentNullException.ThrowIfNull(lists);
        NBestList[] all = [.. lists];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] is null) throw new ArgumentException($"The list at index {i} is null; one without hypotheses is empty.", nameof(lists));
            ScoreParts.WeightsOf(options, all[i]);
        }
        return all;
    }

    /// <summary>Options as they are to be followed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RescoringOptions Checked(RescoringOptions? options)
    {
        options ??= new RescoringOptions();
        options.Validate();
        return options;
    }
}
