using RnnLm.Faults;

namespace RnnLm.Rescoring;

/// <summary>
/// Searches the weights with which n-best lists are best rescored. A sweep goes over weights of the language model, each with the penalty that is best with it; from
/// the best of them the search goes on, along one weight after another and along lines of several, until none gets better. What counts is what the weights reach,
/// measured as rescoring has it.
/// </summary>
internal sealed class RescoringSearch
{
    private const int MostRounds = 20;

    /// <summary>From how many points of the sweep the search goes on.</summary>
    private const int Climbs = 6;

    /// <summary>How many lines of several weights are tried in a round.</summary>
    private const int Diagonals = 12;

    /// <summary>How often the usual weight, which gives a part the spread of the first, the greatest weight is.</summary>
    private const double Greatest = 1024;

    /// <summary>The weights of the sweep, as multiples of the usual one.</summary>
    private static readonly double[] Sweep = [0, .. Enumerable.Range(-24, 65).Select(step => Math.Pow(2, step / 4.0))];

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
        var (languageModel, words) = (ScoreParts.LanguageModel(scores), ScoreParts.Words(scores));
        var penalty = searched.Contains(words) ? 0 : given.WordInsertionPenalty;
        double[] weights = searched.Contains(languageModel) ? [.. Sweep.Select(factor => factor * usual[languageModel])] : [given.LanguageModelWeight];
        var points = new List<(double[] Weights, long Errors)> { Measured(With(given.LanguageModelWeight, given.WordInsertionPenalty)) };
        foreach (var weight in weights)
        {
            var point = Measured(With(weight, penalty));
            points.Add(searched.Contains(words) ? Along(point, DirectionOf(words)) : point);
        }
        var best = Measured(alone);
        foreach (var point in points.OrderBy(point => point.Errors).Take(Climbs))
        {
            var top = Climb(point);
            if (top.Errors < best.Errors) best = top;
        }
        return best.Weights;

        double[] With(double weight, double penalty) => [.. alone.AsSpan(0, scores), weight, penalty];
    }

    /// <summary>Searches along lines until none gets better.</summary>
    private (double[] Weights, long Errors) Climb((double[] Weights, long Errors) point)
    {
        var random = new Random(1);
        for (var round = 0; round < MostRounds; round++)
        {
            var before = point.Errors;
            foreach (var part in searched) point = Along(point, DirectionOf(part));
            for (var diagonal = 0; searched.Length > 1 && diagonal < Diagonals; diagonal++)
            {
                var direction = new double[scores + 2];
                foreach (var part in searched) direction[part] = usual[part] * ((2 * random.NextDouble()) - 1);
                point = Along(point, direction);
            }
            if (point.Errors == before) break;
        }
        return point;
    }

    /// <summary>The best point of a line through a point, or that point where none is better.</summary>
    private (double[] Weights, long Errors) Along((double[] Weights, long Errors) point, double[] direction)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var origin = point.Weights;
        // Along a single weight places are counted from where it is 0.
        if (searched.Where(part => direction[part] != 0).ToArray() is [var single])
        {
            origin = [.. origin];
            origin[single] = 0;
        }
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var part in searched)
        {
            if (direction[part] == 0) continue;
            var one = (LeastOf(part) - origin[part]) / direction[part];
            var other = ((Greatest * usual[part]) - origin[part]) / direction[part];
            (low, high) = (Math.Max(low, Math.Min(one, other)), Math.Min(high, Math.Max(one, other)));
        }
        if (!(low < high)) return point;
        var (at, _) = LineSearch.Find(lists, origin, direction, low, high);
        double[] moved = [.. origin.Select((weight, part) => direction[part] == 0 ? weight : Math.Max(LeastOf(part), weight + (at * direction[part])))];
        var found = Measured(moved);
        return found.Errors < point.Errors ? found : point;
    }

    private double LeastOf(int part) => part == ScoreParts.Words(scores) ? -Greatest * usual[part] : 0;

    private double[] DirectionOf(int part)
    {
        var direction = new double[scores + 2];
        direction[part] = usual[part];
        return direction;
    }

    private (double[] Weights, long Errors) Measured(double[] weights) => (weights, DevelopmentList.Measure(lists, weights).Errors);

    /// <summary>Of every part the weight with which it spreads within lists as the first does; 1 where one of them does not spread.</summary>
    private double[] UsualWeights()
    {
        double[] spreads = [.. Enumerable.Range(0, scores + 2).Select(part => DevelopmentList.Spread(lists, part))];
        return [.. spreads.Select(spread => spreads[0] / spread is var weight && double.IsNormal(weight) ? weight : 1)];
    }
}
