using RnnLm.Faults;

namespace RnnLm.Rescoring;

/// <summary>
/// Searches the weights with which n-best lists are best rescored: from many starts, one weight after another by <see cref="LineSearch"/> until none gets better.
/// What counts is what the weights reach, measured as rescoring has it.
/// </summary>
internal sealed class RescoringSearch
{
    private const int MostRounds = 20;

    /// <summary>How often the usual weight, which gives parts the same spread, the greatest weight is.</summary>
    private const double Greatest = 64;

    private static readonly double[] Starts = [1, 0.5, 2, 0.25, 4, 0.125, 8, 0.0625, 16];

    private readonly IReadOnlyList<DevelopmentList> lists;
    private readonly int[] searched; // the parts whose weights are
    private readonly double[] usual; // by part: the weight that gives it the spread of the first
    private readonly int scores;
    private readonly CancellationToken cancellationToken;

    private RescoringSearch(IReadOnlyList<DevelopmentList> lists, int scores, RescoringTuningOptions options)
    {
        this.lists = lists;
        this.scores = scores;
        cancellationToken = options.Batch.CancellationToken;
        usual = UsualWeights();
        // Without own scores the language model's weight sets the scale, and only the penalty is left.
        searched =
        [
            .. scores > 0 ? [ScoreParts.LanguageModel(scores)] : Array.Empty<int>(),
            .. options.TunePenalty ? [ScoreParts.Words(scores)] : Array.Empty<int>(),
            .. options.TuneScoreWeights ? Enumerable.Range(1, scores - 1) : [],
        ];
    }

    /// <summary>Searches.</summary>
    /// <param name="development">The lists, with references.</param>
    /// <param name="options">What is searched.</param>
    /// <param name="score">Scores texts by the language model.</param>
    /// <exception cref="ArgumentException">There is no list, one has no reference, or the numbers of scores differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RescoringTuningResult Run(
        IEnumerable<NBestList> development, RescoringTuningOptions options, Func<IEnumerable<string>, IReadOnlyList<TextScore>> score)
    {
        var all = ListRescoring.Checked(development, options.Rescoring);
        var scores = Check(all, options);
        var scored = ListRescoring.RankMany(all, options.Rescoring, score);
        var search = new RescoringSearch([.. scored.Select(list => Prepare(list, options))], scores, options);

        double[] own = [.. Enumerable.Range(0, scores).Select(i => options.Rescoring.ScoreWeights.Count > 0 ? options.Rescoring.ScoreWeights[i] : 1)];
        double[] alone = [.. own, 0, 0];
        var found = search.Find(alone, options.Rescoring);
        var tuned = options.Rescoring.Clone();
        if (options.TuneScoreWeights) tuned.ScoreWeights = found[..scores];
        (tuned.LanguageModelWeight, tuned.WordInsertionPenalty) = (found[ScoreParts.LanguageModel(scores)], found[ScoreParts.Words(scores)]);
        return new RescoringTuningResult
        {
            Options = tuned,
            FirstBest = DevelopmentList.Measure(search.lists, alone),
            Oracle = WordErrorRate.Sum(search.lists.Select(list => list.Errors.MinBy(errors => errors.Errors))),
            Tuned = DevelopmentList.Measure(search.lists, found),
        };
    }

    private static int Check(NBestList[] lists, RescoringTuningOptions options)
    {
        if (lists.Length == 0) throw new ArgumentException("There is nothing to tune on: there is no n-best list.", "development");
        if (lists.FirstOrDefault(list => list.Reference is null) is { } without)
            throw new ArgumentException($"The utterance {Quotation.Of(without.Utterance)} has no reference; weights are searched by what was really said.", "development");
        NBestList[] some = [.. lists.Where(list => list.Hypotheses.Count > 0)];
        if (some.Length == 0) throw new ArgumentException("There is nothing to tune on: every list is empty.", "development");
        var scores = some[0].ScoreCount;
        if (some.FirstOrDefault(list => list.ScoreCount != scores) is { } other)
        {
            throw new ArgumentException(
                $"The hypotheses of utterance {Quotation.Of(other.Utterance)} have {other.ScoreCount} scores and those of {Quotation.Of(some[0].Utterance)} {scores}; they must have the same number.",
                "development");
        }
        if (options.TuneScoreWeights && scores < 2)
            throw new ArgumentException($"TuneScoreWeights is true, and the hypotheses have {(scores == 0 ? "no score" : "one score")} of their own; it is for several.", nameof(options));
        if (scores == 0 && !options.TunePenalty)
            throw new ArgumentException("There is nothing to tune: the hypotheses have no scores of their own, and TunePenalty is false.", nameof(options));
        return scores;
    }

    private static DevelopmentList Prepare(RescoredList list, RescoringTuningOptions options)
    {
        if (list.Best is null) return new DevelopmentList([], [WordErrorRate.Of(list.Source.Reference!, "", options.Unit)]);
        var parts = new double[list.Hypotheses.Count][];
        foreach (var hypothesis in list.Hypotheses)
            parts[hypothesis.Place] = ScoreParts.Of(hypothesis.Hypothesis, hypothesis.LogProbability, hypothesis.Words, options.Rescoring.Scores);
        var reference = ErrorUnits.Of(list.Source.Reference!, options.Unit);
        return new DevelopmentList(parts, [.. list.Source.Hypotheses.Select(hypothesis => WordErrorRate.Of(reference, ErrorUnits.Of(hypothesis.Text, options.Unit)))]);
    }

    /// <summary>The weights with the fewest errors; of equally good ones those found first, and without the language model where it is of no use.</summary>
    private double[] Find(double[] alone, RescoringOptions given)
    {
        var languageModel = ScoreParts.LanguageModel(scores);
        var best = alone;
        var fewest = DevelopmentList.Measure(lists, best).Errors;
        foreach (var start in StartsFrom())
        {
            var weights = Climb(start);
            var errors = DevelopmentList.Measure(lists, weights).Errors;
            if (errors < fewest) (best, fewest) = (weights, errors);
        }
        return best;

        IEnumerable<double[]> StartsFrom()
        {
            yield return With(given.LanguageModelWeight, given.WordInsertionPenalty);
            var penalty = searched.Contains(ScoreParts.Words(scores)) ? 0 : given.WordInsertionPenalty;
            if (scores == 0) yield break;
            foreach (var factor in Starts) yield return With(factor * usual[languageModel], penalty);
            yield return With(0, penalty);
        }

        double[] With(double weight, double penalty) => [.. alone.AsSpan(0, scores), weight, penalty];
    }

    /// <summary>Searches one weight after another until none gets better.</summary>
    private double[] Climb(double[] start)
    {
        var weights = start;
        var fewest = DevelopmentList.Measure(lists, weights).Errors;
        for (var round = 0; round < MostRounds; round++)
        {
            var before = fewest;
            foreach (var part in searched)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var greatest = Greatest * usual[part];
                var (weight, _) = LineSearch.Find(lists, weights, part, part == ScoreParts.Words(scores) ? -greatest : 0, greatest);
                double[] moved = [.. weights];
                moved[part] = weight;
                var errors = DevelopmentList.Measure(lists, moved).Errors;
                if (errors < fewest) (weights, fewest) = (moved, errors);
            }
            if (fewest == before) break;
        }
        return weights;
    }

    /// <summary>Of every part the weight with which it spreads within lists as the first does; 1 where one of them does not spread.</summary>
    private double[] UsualWeights()
    {
        double[] spreads = [.. Enumerable.Range(0, scores + 2).Select(part => DevelopmentList.Spread(lists, part))];
        return [.. spreads.Select(spread => spreads[0] / spread is var weight && double.IsNormal(weight) ? weight : 1)];
    }
}
