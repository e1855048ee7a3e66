namespace RnnLm.Rescoring;

/// <summary>
/// Finds where on a line through the space of weights the best hypotheses of lists have the fewest errors. Along it the score of a hypothesis is a line as well, so
/// the best of a list is the upper envelope of its lines, and the errors change where two lines of it cross: the search is exact (Och, 2003, section 4).
/// </summary>
internal static class LineSearch
{
    /// <summary>Finds it.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="weights">The weights at the line's origin: <c>[parts]</c>.</param>
    /// <param name="direction">How the weights change along the line: <c>[parts]</c>.</param>
    /// <param name="low">Where the search begins.</param>
    /// <param name="high">Where it ends; above the beginning.</param>
    /// <returns>
    /// The middle of the widest stretch with the fewest errors, and their number. Widths are those of <c>asinh</c>: at 1 and beyond a stretch to its double is as wide
    /// wherever it begins. A stretch that goes on to the end of the search counts no further than that: nothing speaks for going further.
    /// </returns>
    public static (double At, long Errors) Find(IReadOnlyList<DevelopmentList> lists, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, double low, double high)
    {
        var changes = new List<(double At, long Errors)>();
        var errors = 0L;
        foreach (var list in lists)
        {
            var envelope = Envelope(list, weights, direction);
            var place = 0;
            while (place + 1 < envelope.Count && envelope[place + 1].From <= low) place++;
            errors += list.Errors[envelope[place].Hypothesis].Errors;
            for (; place + 1 < envelope.Count && envelope[place + 1].From < high; place++)
            {
                var change = list.Errors[envelope[place + 1].Hypothesis].Errors - list.Errors[envelope[place].Hypothesis].Errors;
                if (change != 0) changes.Add((envelope[place + 1].From, change));
            }
        }
        changes.Sort((one, other) => one.At.CompareTo(other.At));
        var (best, fewest, widest, from) = (low, long.MaxValue, 0.0, low);
        for (var i = 0; i <= changes.Count; i++)
        {
            var to = i < changes.Count ? changes[i].At : high;
            var begin = Math.Asinh(i == 0 && i < changes.Count ? Math.Max(from, to - Math.Abs(to) - 1) : from);
            var end = Math.Asinh(i > 0 && i == changes.Count ? Math.Min(to, from + Math.Abs(from) + 1) : to);
            // Between changes at one place there is nothing.
            if (end > begin && (errors < fewest || (errors == fewest && end - begin > widest)))
                (best, fewest, widest) = (Math.Clamp(Math.Sinh((begin + end) / 2), from, to), errors, end - begin);
            if (i < changes.Count) errors += changes[i].Errors;
            from = to;
        }
        return (best, fewest);
    }

    /// <summary>The hypotheses that are best somewhere on the line, each with the place from which on it is; one where there is no hypothesis.</summary>
    private static List<(double From, int Hypothesis)> Envelope(DevelopmentList list, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction)
    {
        var lines = new List<(double Slope, double Intercept, int Hypothesis)>();
        for (var place = 0; place < list.Parts.Length; place++)
            lines.Add((ScoreParts.Sum(list.Parts[place], direction), ScoreParts.Sum(list.Parts[place], weights), place));
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
