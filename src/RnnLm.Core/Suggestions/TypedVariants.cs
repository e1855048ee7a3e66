using System.Globalization;

namespace RnnLm.Suggestions;

/// <summary>Letters that were typed as a model may have them that knows them in one case only, or with the other apostrophe.</summary>
internal static class TypedVariants
{
    /// <summary>As typed, in small letters, with a capital first, and in capitals, each as far as it is another; with either apostrophe where there is one.</summary>
    /// <param name="prefix">What was typed; there may be nothing.</param>
    public static IReadOnlyList<string> Of(string prefix)
    {
        if (prefix.Length == 0) return [prefix];
        var lower = prefix.ToLower(CultureInfo.InvariantCulture);
        string[] cases = [prefix, lower, WordCasing.Capitalized(lower), prefix.ToUpper(CultureInfo.InvariantCulture)];
        return [.. cases.SelectMany(Apostrophes).Distinct(StringComparer.Ordinal)];
    }

    private static string[] Apostrophes(string prefix)
        => prefix.AsSpan().ContainsAny('\'', '\u2019') ? [prefix, prefix.Replace('\u2019', '\''), prefix.Replace('\'', '\u2019')] : [prefix];
}
