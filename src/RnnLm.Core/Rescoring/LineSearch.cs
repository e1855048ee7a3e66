namespace RnnLm.Rescoring;

/// <summary>
/// Finds the weight of one part with which the best hypotheses of lists have the fewest errors, the other weights staying as they are. Along one weight the score
/// of a hypothesis is a line, so the best of a list is the upper envelope of its lines, and the errors change where two lines of it cross: the search is exact
/// (Och, 2003, section 4).
/// </summary>
internal static class LineSearch
{
    /// <summary>Finds it.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="weights">The weights of all parts; left as they are.</param>
    /// <param name="part">The part whose weight is searched.</param>
    /// <param name="low">The least weight.</param>
    /// <param name="high">The greatest weight; above the least.</param>
    /// <returns>The middle of the widest stretch with the fewest errors, and their number.</returns>
    public static (double Weight, long Errors) Find(IReadOnlyList<DevelopmentList> lists, ReadOnlySpan<double> weights, int part, double low, double high)
    {
        var changes = new List<(double Weight, long Errors)>();
        var errors = 0L;
        foreach (var list in lists)
        {
            var envelope = Envelope(list, weights, part);
            var place = 0;
            while (place + 1 < envelope.Count && envelope[place + 1].From <= low) place++;
            errors += list.Errors[envelope[place].Hypothesis].Errors;
            for (; place + 1 < envelope.Count && envelope[place + 1].From < high; place++)
            {
                var change = list.Errors[envelope[place + 1].Hypothesis].Errors - list.Errors[envelope[place].Hypothesis].Errors;
                if (change != 0) changes.Add((envelope[place + 1].From, change));
            }
        }
        changes.Sort((one, other) => one.Weight.CompareTo(other.Weight));
        var (best, fewest, widest, from) = (0.0, long.MaxValue, 0.0, low);
        for (var i = 0; i <= changes.Count; i++)
        {
            var to = i < changes.Count ? changes[i].Weight : high;
            // Between changes at one place there is nothing.
            if (to > from && (errors < fewest || (errors == fewest && to - from > widest))) (best, fewest, widest) = (from + ((to - from) / 2), errors, to - from);
            if (i < changes.Count) errors += changes[i].Errors;
            from = to;
        }
        return (best, fewest);
    }

    /// <summary>The hypotheses that are best somewhere along a weight, each with the weight from which on it is; one where there is no hypothesis.</summary>
    private static List<(double From, int Hypothesis)> Envelope(DevelopmentList list, ReadOnlySpan<double> weights, int part)
    {
        double[] others = [.. weights];
        others[part] = 0;
        var lines = new List<(double Slope, double Intercept, int Hypothesis)>();
        for (var place = 0; place < list.Parts.Length; place++) lines.Add((list.Parts[place][part], ScoreParts.Sum(list.Parts[place], others), place));
        lines.Sort((one, other) => (one.Slope, -one.Intercept, one.Hypothesis).CompareTo((other.Slope, -other.Intercept, other.Hypothesis)));

        var (kept, envelope) = (new Stack<(double Slope, double Intercept)>(), new List<(double From, int Hypothesis)>());
        foreach (var (slope, intercept, hypothesis) in lines)
        {
            // Of lines that are parallel the first is the uppermost.
            if (kept.TryPeek(out var before) && before.Slope == slope) continue;
            var from = double.NegativeInfinity;
            while (kept.TryPeek(out var last))
            {
                from = (last.Intercept - intercept) / (slope - last.Slope);
                if (from > envelope[^1].From) break;
                kept.Pop();
                envelope.RemoveAt(envelope.Count - 1);
                from = double.NegativeInfinity;
            }
            kept.Push((slope, intercept));
            envelope.Add((from, hypothesis));
        }
        return envelope.Count > 0 ? envelope : [(double.NegativeInfinity, 0)];
    }
}
