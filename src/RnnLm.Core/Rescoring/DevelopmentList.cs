namespace RnnLm.Rescoring;

/// <summary>An n-best list by which weights are searched: of each hypothesis the parts of its score, and its errors.</summary>
/// <param name="Parts">The parts: <c>[hypotheses][parts]</c>.</param>
/// <param name="Errors">The errors: <c>[hypotheses]</c>; where there is no hypothesis, those of saying nothing.</param>
internal sealed record DevelopmentList(double[][] Parts, WordErrorRate[] Errors)
{
    /// <summary>The place of the hypothesis that is best with some weights, of equal ones the first; 0 where there is none.</summary>
    public int Best(ReadOnlySpan<double> weights)
    {
        var (best, greatest) = (0, double.NegativeInfinity);
        for (var place = 0; place < Parts.Length; place++)
        {
            var score = ScoreParts.Sum(Parts[place], weights);
            if (score > greatest) (best, greatest) = (place, score);
        }
        return best;
    }

    /// <summary>The errors of the hypotheses that are best with some weights.</summary>
    public static WordErrorRate Measure(IReadOnlyList<DevelopmentList> lists, double[] weights) => WordErrorRate.Sum(lists.Select(list => list.Errors[list.Best(weights)]));

    /// <summary>How far a part spreads within lists: the mean over lists of its standard deviation.</summary>
    public static double Spread(IReadOnlyList<DevelopmentList> lists, int part)
    {
        var sum = 0.0;
        foreach (var list in lists)
        {
            if (list.Parts.Length == 0) continue;
            var mean = list.Parts.Average(parts => parts[part]);
            sum += Math.Sqrt(list.Parts.Average(parts => (parts[part] - mean) * (parts[part] - mean)));
        }
        return lists.Count == 0 ? 0 : sum / lists.Count;
    }
}
