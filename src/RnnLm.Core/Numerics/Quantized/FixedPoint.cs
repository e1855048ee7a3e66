using System.Numerics;

namespace RnnLm.Numerics;

/// <summary>Vectors as 16-bit integers with one scale for each vector, for products with 8-bit weights.</summary>
internal static class FixedPoint
{
    /// <summary>
    /// The greatest integer that a vector of a length may hold so that a sum of its products with 8-bit integers is never more than a
    /// 32-bit integer holds: 32,767 up to 511 elements, 25,811 at 650, 11,184 at 1,500.
    /// </summary>
    /// <param name="length">The number of elements.</param>
    public static int GreatestLevel(int length) => (int)Math.Min(short.MaxValue, int.MaxValue / (-(long)sbyte.MinValue * Math.Max(1, length)));

    /// <summary>Rounds a vector to whole multiples of a scale, which follows from its greatest magnitude.</summary>
    /// <param name="vector">The vector: <c>[length]</c>.</param>
    /// <param name="levels">Receives the multiples, and zeros in the room that is left: at least <c>[length]</c>.</param>
    /// <returns>
    /// The scale: each element is its multiple times this, within half of it. Zero where all elements are, or are so small (below 1e-30)
    /// that they count for nothing; not a number where one is, or where one is infinite, so that every product is not a number either.
    /// </returns>
    public static float Round(ReadOnlySpan<float> vector, Span<short> levels)
    {
        levels[vector.Length..].Clear();
        var greatest = Greatest(vector);
        if (!float.IsFinite(greatest) || greatest < 1e-30f)
        {
            levels[..vector.Length].Clear();
            return float.IsFinite(greatest) ? 0 : float.NaN;
        }
        var greatestLevel = (float)GreatestLevel(vector.Length);
        var factor = greatestLevel / greatest;
        var factors = new Vector<float>(factor);
        var i = 0;
        for (; i <= vector.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            var first = Vector.Round(new Vector<float>(vector[i..]) * factors);
            var second = Vector.Round(new Vector<float>(vector[(i + Vector<float>.Count)..]) * factors);
            Vector.Narrow(Vector.ConvertToInt32(first), Vector.ConvertToInt32(second)).CopyTo(levels[i..]);
        }
        for (; i < vector.Length; i++) levels[i] = (short)MathF.Round(vector[i] * factor);
        return greatest / greatestLevel;
    }

    // The greatest magnitude. As integers, the magnitudes of what is not a number are above infinity's, and that above all others.
    private static float Greatest(ReadOnlySpan<float> vector)
    {
        var magnitude = new Vector<int>(int.MaxValue);
        var greatest = Vector<int>.Zero;
        var i = 0;
        for (; i <= vector.Length - Vector<int>.Count; i += Vector<int>.Count)
            greatest = Vector.Max(greatest, Vector.AsVectorInt32(new Vector<float>(vector[i..])) & magnitude);
        var max = 0;
        for (var lane = 0; lane < Vector<int>.Count; lane++) max = Math.Max(max, greatest[lane]);
        for (; i < vector.Length; i++) max = Math.Max(max, BitConverter.SingleToInt32Bits(vector[i]) & int.MaxValue);
        return BitConverter.Int32BitsToSingle(max);
    }
}
