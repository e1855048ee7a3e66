using System.Numerics;

namespace RnnLm.Inference;

/// <summary>The place of a word in the order of probability, from 0; of equally probable words the one of lower id comes first.</summary>
internal static class Rank
{
    /// <summary>
    /// How many words of a tile come before a word: those whose logits are above its own and, among those before its place, those whose logits
    /// equal it.
    /// </summary>
    /// <param name="place">The word's place in the tile; below 0 where it comes before the tile, beyond the end where it comes after it.</param>
    /// <param name="limit">The word's logit.</param>
    /// <param name="logits">The tile's logits.</param>
    public static int Before(int place, float limit, ReadOnlySpan<float> logits)
    {
        var before = Math.Clamp(place, 0, logits.Length);
        return CountAbove(logits[..before], MathF.BitDecrement(limit)) + CountAbove(logits[before..], limit);
    }

    private static int CountAbove(ReadOnlySpan<float> values, float limit)
    {
        var limits = new Vector<float>(limit);
        var counts = Vector<int>.Zero;
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..])
            counts -= Vector.GreaterThan(new Vector<float>(values), limits);
        var count = Vector.Sum(counts);
        foreach (var value in values) if (value > limit) count++;
        return count;
    }
}
