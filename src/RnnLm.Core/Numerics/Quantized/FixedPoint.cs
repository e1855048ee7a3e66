using System.Numerics;

namespace RnnLm.Numerics;

/// <summary>Vectors as 7-bit integers above a zero point, with one scale for each vector, for products with 8-bit weights.</summary>
/// <remarks>
/// With seven bits the sum of two products of a byte and a signed byte fits into 16 bits, so that the instructions that multiply bytes, which
/// saturate there on many processors, are exact on all of them. The scale is the vector's own, so of a hidden state whose greatest magnitude
/// is 1 an element is off by at most 0.008, and errors of many elements cancel: perplexity changes by some hundredths of a percent.
/// </remarks>
internal static class FixedPoint
{
    /// <summary>What stands for zero.</summary>
    public const int ZeroPoint = 64;

    /// <summary>
    /// The greatest multiple of its scale that an element of a vector may be: 63, or what is left of it where the vector is so long that a sum
    /// of products with 8-bit integers might be more than a 32-bit integer holds (above 266,305 elements).
    /// </summary>
    /// <param name="length">The number of elements.</param>
    public static int GreatestLevel(int length) => (int)Math.Min(ZeroPoint - 1, int.MaxValue / (-(long)sbyte.MinValue * Math.Max(1, length)));

    /// <summary>Rounds a vector to whole multiples of a scale, which follows from its greatest magnitude.</summary>
    /// <param name="vector">The vector: <c>[length]</c>.</param>
    /// <param name="levels">Receives the multiples, each <see cref="ZeroPoint"/> more, and zero points in the room that is left: at least <c>[length]</c>.</param>
    /// <returns>
    /// The scale: each element is its multiple times this, within half of it. Zero where all elements are, or are so small (below 1e-30)
    /// that they count for nothing; not a number where one is, or where one is infinite, so that every product is not a number either.
    /// </returns>
    public static float Round(ReadOnlySpan<float> vector, Span<byte> levels)
    {
        var greatest = Greatest(vector);
        if (!float.IsFinite(greatest) || greatest < 1e-30f)
        {
            levels.Fill(ZeroPoint);
            return float.IsFinite(greatest) ? 0 : float.NaN;
        }
        levels[vector.Length..].Fill(ZeroPoint);
        var greatestLevel = (float)GreatestLevel(vector.Length);
        var factor = greatestLevel / greatest;
        var i = 0;
        for (; i <= vector.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var first = Vector.Narrow(Rounded(vector[i..], factor), Rounded(vector[(i + Vector<float>.Count)..], factor));
            var second = Vector.Narrow(Rounded(vector[(i + (2 * Vector<float>.Count))..], factor), Rounded(vector[(i + (3 * Vector<float>.Count))..], factor));
            Vector.AsVectorByte(Vector.Narrow(first, second)).CopyTo(levels[i..]);
        }
        for (; i < vector.Length; i++) levels[i] = (byte)(ZeroPoint + (int)MathF.Round(vector[i] * factor));
        return greatest / greatestLevel;
    }

    private static Vector<int> Rounded(ReadOnlySpan<float> vector, float factor)
        => Vector.ConvertToInt32(Vector.Round(new Vector<float>(vector) * factor)) + new Vector<int>(ZeroPoint);

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
