namespace RnnLm.Training;

/// <summary>What modified Kneser-Ney smoothing takes from counts of 1, of 2, and of 3 and more (Chen &amp; Goodman 1999, eq. 26).</summary>
/// <param name="One">From a count of 1.</param>
/// <param name="Two">From a count of 2.</param>
/// <param name="More">From a count of 3 or more.</param>
/// <param name="AreEstimated">Whether they follow from the counts.</param>
internal sealed record Discounts(double One, double Two, double More, bool AreEstimated)
{
    /// <summary>The greatest count whose number is needed.</summary>
    public const int MostCounts = 4;

    /// <summary>What is taken where a text is too small to tell: half a count, one, and one and a half.</summary>
    private static readonly Discounts Usual = new(0.5, 1, 1.5, AreEstimated: false);

    /// <summary>The discounts of an order.</summary>
    /// <param name="countsOfCounts">How many n-grams have each count: <c>[5]</c>; nothing at 0. Where one is 0, or a discount would not be between nothing and the count, the usual ones are taken.</param>
    public static Discounts Of(ReadOnlySpan<long> countsOfCounts)
    {
        double n1 = countsOfCounts[1], n2 = countsOfCounts[2], n3 = countsOfCounts[3], n4 = countsOfCounts[4];
        var y = n1 / (n1 + (2 * n2));
        var found = new Discounts(1 - (2 * y * n2 / n1), 2 - (3 * y * n3 / n2), 3 - (4 * y * n4 / n3), AreEstimated: true);
        return n1 > 0 && n2 > 0 && n3 > 0 && n4 > 0 && found is { One: > 0 and < 1, Two: > 0 and < 2, More: > 0 and < 3 } ? found : Usual;
    }

    /// <summary>The discount of a count.</summary>
    public double Of(long count) => count switch { 0 => 0, 1 => One, 2 => Two, _ => More };

    /// <summary>For people to read: <c>0.71 1.08 1.43</c>.</summary>
    public override string ToString() => Invariant($"{One:0.####} {Two:0.####} {More:0.####}{(AreEstimated ? "" : " (usual ones: the text is too small to tell)")}");
}
