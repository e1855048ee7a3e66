namespace RnnLm.Rescoring;

/// <summary>Aligns two rows of words.</summary>
internal static class Alignment
{
    // A cost holds errors above and substitutions below, so that of equally many errors fewer substitutions are less.
    private const long Error = 1L << 32;
    private const long Substitution = Error + 1;

    /// <summary>The fewest errors that tell one row from another, and the fewest substitutions among that many.</summary>
    public static (long Errors, long Substitutions) FewestErrors(IReadOnlyList<string> reference, IReadOnlyList<string> hypothesis)
    {
        // costs: [hypothesis + 1], of the reference's words so far with each beginning of the hypothesis
        var costs = new long[hypothesis.Count + 1];
        for (var j = 1; j < costs.Length; j++) costs[j] = costs[j - 1] + Error;
        foreach (var word in reference)
        {
            var diagonal = costs[0];
            costs[0] += Error;
            for (var j = 1; j < costs.Length; j++)
            {
                var aligned = diagonal + (string.Equals(word, hypothesis[j - 1], StringComparison.Ordinal) ? 0 : Substitution);
                diagonal = costs[j];
                costs[j] = Math.Min(aligned, Math.Min(costs[j], costs[j - 1]) + Error);
            }
        }
        return (costs[^1] / Error, costs[^1] % Error);
    }
}
