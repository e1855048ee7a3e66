namespace RnnLm.Training.Tests.Engines.Sampled;

/// <summary>Pearson's test of whether counts agree with what was expected.</summary>
internal static class ChiSquare
{
    /// <summary>
    /// The statistic as a number of standard deviations from its mean, by Wilson and Hilferty's approximation (1931), which is good from
    /// some dozens of degrees of freedom on.
    /// </summary>
    public static double Deviation(IReadOnlyList<long> counts, IReadOnlyList<double> expected)
    {
        var statistic = counts.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).Sum();
        var freedom = counts.Count - 1.0;
        return (Math.Cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.Sqrt(2 / (9 * freedom));
    }
}
