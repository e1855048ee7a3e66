namespace RnnLm.Scoring;

/// <summary>Perplexities for people to read.</summary>
internal static class PerplexityText
{
    // Of more digits than these nobody counts the places.
    private const double LeastWithExponent = 1e9;

    /// <summary>A perplexity in the invariant culture, with an exponent where it is very great.</summary>
    /// <param name="perplexity">The perplexity.</param>
    /// <param name="decimals">The number of decimals where it has no exponent.</param>
    public static string Of(double perplexity, int decimals = 2) => perplexity.ToString(
        perplexity >= LeastWithExponent ? "0.00e+0" : $"N{decimals}", System.Globalization.CultureInfo.InvariantCulture);
}
