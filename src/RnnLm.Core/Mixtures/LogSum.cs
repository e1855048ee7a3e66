using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>Sums of probabilities that are given by their logarithms: <c>ln(e^x + e^y)</c>, however small they are.</summary>
internal static class LogSum
{
    /// <summary>The logarithm of nothing.</summary>
    public const double Zero = double.NegativeInfinity;

    /// <summary><c>ln(e^x + e^y)</c>; where one is zero, the other to the last bit.</summary>
    public static double Add(double x, double y)
    {
        var (greater, less) = x > y ? (x, y) : (y, x);
        return double.IsNegativeInfinity(less) ? greater : greater + Math.Log(1 + Math.Exp(less - greater));
    }

    /// <summary><c>sum = ln(e^sum + e^x)</c> for every element.</summary>
    /// <param name="x">The logarithms to add.</param>
    /// <param name="sum">What they are added to, as long.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> x, Span<float> sum)
    {
        var none = new Vector<float>(float.NegativeInfinity);
        for (var i = 0; i < sum.Length; i += SpanVectors.Count)
        {
            var (a, b) = (SpanVectors.Load(x, i), SpanVectors.Load(sum, i));
            var greater = Vector.Max(a, b);
            var added = greater + Vector.Log(Vector<float>.One + Vector.Exp(Vector.Min(a, b) - greater));
            SpanVectors.Store(Vector.ConditionalSelect(Vector.Equals(greater, none), none, added), sum, i);
        }
    }
}
