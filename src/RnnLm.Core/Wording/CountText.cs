namespace RnnLm.Wording;

/// <summary>What is counted, for people to read: one thing, several things.</summary>
internal static class CountText
{
    /// <summary>A count and its noun in the invariant culture: <c>1 word</c>, <c>2,000 words</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">The noun of one.</param>
    /// <param name="many">The noun of none and of several; null where it has an <c>s</c> more.</param>
    public static string Of(long count, string one, string? many = null) => FormattableString.Invariant($"{count:N0} {Choose(count, one, many ?? $"{one}s")}");

    /// <summary>What is said of one, or what is said of none and of several.</summary>
    public static string Choose(long count, string one, string many) => count == 1 ? one : many;
}
