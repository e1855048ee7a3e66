using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>
/// The exponential function, the logistic function and the hyperbolic tangent of every element of a register, for kernels that
/// compute with them while they hold their data. Where the processor fuses multiply and add, every width gives the same bits.
/// </summary>
/// <remarks>
/// <c>e^x</c> is <c>2^n · e^r</c> with <c>n = round(x / ln 2)</c>, so <c>|r| ≤ ln 2 / 2</c> (Cody &amp; Waite 1980); <c>e^r</c> is
/// <c>1 + r + r² q(r)</c> with a minimax polynomial <c>q</c> of degree 4 (found by Remez's algorithm), off by at most 0.064
/// units in the last place. Errors stated below were measured over every float.
/// </remarks>
internal static class ElementaryFunctions<TSimd, TVector>
    where TSimd : ISimd<TVector>
    where TVector : struct
{
    private const float Log2OfE = 1.44269504f;

    // ln 2 in two parts; the first has few enough bits that its multiples by n are exact.
    private const float Log2High = 0.693359375f;
    private const float Log2Low = -2.12194440e-4f;

    // Adding 1.5 · 2^23 leaves no bits after the point, and the integer in the low bits.
    private const float Rounder = 12582912f;

    private const uint SignBit = 0x80000000;
    private const int MantissaBits = 23;
    private const uint ExponentBias = 127;

    /// <summary><c>e^x</c>, within 1.02 units in the last place (1.5 where multiply and add are not fused); subnormal results too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        // Beyond these limits the result is infinity or zero.
        x = TSimd.Clamp(x, TSimd.Create(-104f), TSimd.Create(89f));
        var (shifted, r) = Reduce(x);
        var power = TSimd.Add(TSimd.Create(1f), TSimd.MultiplyAdd(TSimd.Multiply(r, r), Polynomial(r), r));
        if (TSimd.ScalesByPowersOfTwo) return TSimd.ScaleByPowerOfTwo(power, TSimd.Subtract(shifted, TSimd.Create(Rounder)));

        // 2^n is not a float at both ends of the range; its two halves are, and of the two products only the last is rounded.
        var n = IntegerIn(shifted);
        var half = TSimd.ShiftRightArithmetic(n, 1);
        return TSimd.Multiply(TSimd.Multiply(power, PowerOfTwo(half)), PowerOfTwo(TSimd.SubtractIntegers(n, half)));
    }

    /// <summary><c>1 / (1 + e^−x)</c>, within 2.5 units in the last place (3 where multiply and add are not fused); subnormal results too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        // With e^−|x| nothing overflows, and a small result keeps all its digits: e^x / (1 + e^x) for negative x.
        var one = TSimd.Create(1f);
        var power = Exp(TSimd.Or(x, TSimd.Create(SignBit)));
        var numerator = TSimd.Select(TSimd.LessThan(x, TSimd.Create(0f)), power, one);
        return TSimd.Divide(numerator, TSimd.Add(one, power));
    }

    /// <summary><c>tanh x</c>, within 2.5 units in the last place (3 where multiply and add are not fused).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        // tanh |x| = −m / (2 + m) with m = e^(−2|x|) − 1, which is computed without forming the power: small arguments keep their digits.
        var one = TSimd.Create(1f);
        var negative = TSimd.Or(x, TSimd.Create(SignBit));
        var (shifted, r) = Reduce(TSimd.Clamp(TSimd.Add(negative, negative), TSimd.Create(-40f), TSimd.Create(0f)));
        var powerLessOne = TSimd.MultiplyAdd(TSimd.Multiply(r, r), Polynomial(r), r);
        var scale = PowerOfTwo(IntegerIn(shifted));
        var m = TSimd.MultiplyAdd(powerLessOne, scale, TSimd.Subtract(scale, one));
        var magnitude = TSimd.Divide(m, TSimd.Add(TSimd.Create(2f), m));
        return TSimd.Or(TSimd.And(magnitude, TSimd.Create(~SignBit)), TSimd.And(x, TSimd.Create(SignBit)));
    }

    // x = n ln 2 + r, and n + Rounder.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Shifted, TVector R) Reduce(TVector x)
    {
        var rounder = TSimd.Create(Rounder);
        var shifted = TSimd.MultiplyAdd(x, TSimd.Create(Log2OfE), rounder);
        var multiple = TSimd.Subtract(rounder, shifted);
        var r = TSimd.MultiplyAdd(multiple, TSimd.Create(Log2High), x);
        return (shifted, TSimd.MultiplyAdd(multiple, TSimd.Create(Log2Low), r));
    }

    // The integer n in the bits of the register of n + Rounder.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector IntegerIn(TVector shifted) => TSimd.SubtractIntegers(shifted, TSimd.Create(Rounder));

    // (e^r − 1 − r) / r²
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector r)
    {
        var q = TSimd.MultiplyAdd(TSimd.Create(0.0013814601f), r, TSimd.Create(0.0083687156f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(0.041668389f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(0.16666521f));
        return TSimd.MultiplyAdd(q, r, TSimd.Create(0.49999994f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo(TVector n) => TSimd.ShiftLeft(TSimd.AddIntegers(n, TSimd.Create(ExponentBias)), MantissaBits);
}
