using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>The loops behind <see cref="VectorFunctions"/>, for one width of register.</summary>
/// <remarks>The last elements, too few to fill a register, are computed in a register too, so every element is computed alike.</remarks>
internal static unsafe class VectorLoops<TSimd, TVector>
    where TSimd : ISimd<TVector>
    where TVector : struct
{
    // Sums are taken in single precision over so many elements, and of these sums in double precision.
    private const int BlockLength = 512;

    private const int GreatestCount = 16;

    /// <summary><c>result_i = f(x_i, y_i, number)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TFunction>(float* x, float* y, float number, float* result, nint length)
        where TFunction : IElementwise
    {
        var numbers = TSimd.Create(number);
        if (length >= TSimd.Count)
        {
            // The last register may overlap the one before it. Where the result is an operand it is read before that is written.
            var last = length - TSimd.Count;
            var lastX = TSimd.Load(x + last);
            var lastY = TSimd.Load(y + last);
            for (nint i = 0; i < last; i += TSimd.Count)
                TSimd.Store(TFunction.Apply<TSimd, TVector>(TSimd.Load(x + i), TSimd.Load(y + i), numbers), result + i);
            TSimd.Store(TFunction.Apply<TSimd, TVector>(lastX, lastY, numbers), result + last);
            return;
        }

        var few = stackalloc float[2 * GreatestCount];
        CopyRest(x, length, 0, few);
        CopyRest(y, length, 0, few + GreatestCount);
        TSimd.Store(TFunction.Apply<TSimd, TVector>(TSimd.Load(few), TSimd.Load(few + GreatestCount), numbers), few);
        for (nint i = 0; i < length; i++) result[i] = few[i];
    }

    /// <summary><c>Σ f(x_i, y_i, number)</c>.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector.</param>
    /// <param name="number">The number.</param>
    /// <param name="length">The vectors' length.</param>
    /// <param name="neutral">A value that as x and y gives zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<TFunction>(float* x, float* y, float number, nint length, float neutral)
        where TFunction : IElementwise
    {
        var numbers = TSimd.Create(number);
        var total = 0.0;
        nint i = 0;
        while (i <= length - TSimd.Count)
        {
            var end = Math.Min(i + BlockLength, length);
            TVector a = TSimd.Create(0f), b = a, c = a, d = a;
            for (; i <= end - (4 * TSimd.Count); i += 4 * TSimd.Count)
            {
                a = TSimd.Add(a, Value<TFunction>(x + i, y + i, numbers));
                b = TSimd.Add(b, Value<TFunction>(x + i + TSimd.Count, y + i + TSimd.Count, numbers));
                c = TSimd.Add(c, Value<TFunction>(x + i + (2 * TSimd.Count), y + i + (2 * TSimd.Count), numbers));
                d = TSimd.Add(d, Value<TFunction>(x + i + (3 * TSimd.Count), y + i + (3 * TSimd.Count), numbers));
            }

            for (; i <= end - TSimd.Count; i += TSimd.Count) a = TSimd.Add(a, Value<TFunction>(x + i, y + i, numbers));
            total += TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)));
        }

        if (i == length) return total;
        var rest = stackalloc float[2 * GreatestCount];
        CopyRest(x + i, length - i, neutral, rest);
        CopyRest(y + i, length - i, neutral, rest + GreatestCount);
        return total + TSimd.Sum(Value<TFunction>(rest, rest + GreatestCount, numbers));
    }

    /// <summary><c>values_i = e^(values_i − shift)</c>.</summary>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ExpAndSum(float* values, float shift, nint length)
    {
        var shifts = TSimd.Create(shift);
        var total = 0.0;
        nint i = 0;
        while (i <= length - TSimd.Count)
        {
            var end = Math.Min(i + BlockLength, length);
            TVector a = TSimd.Create(0f), b = a;
            for (; i <= end - (2 * TSimd.Count); i += 2 * TSimd.Count)
            {
                var x = ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Load(values + i), shifts));
                var y = ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Load(values + i + TSimd.Count), shifts));
                TSimd.Store(x, values + i);
                TSimd.Store(y, values + i + TSimd.Count);
                a = TSimd.Add(a, x);
                b = TSimd.Add(b, y);
            }

            for (; i <= end - TSimd.Count; i += TSimd.Count)
            {
                var x = ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Load(values + i), shifts));
                TSimd.Store(x, values + i);
                a = TSimd.Add(a, x);
            }

            total += TSimd.Sum(TSimd.Add(a, b));
        }

        if (i == length) return total;
        var rest = stackalloc float[GreatestCount];
        CopyRest(values + i, length - i, float.NegativeInfinity, rest);
        var last = ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Load(rest), shifts));
        TSimd.Store(last, rest);
        for (var j = i; j < length; j++) values[j] = rest[j - i];
        return total + TSimd.Sum(last);
    }

    /// <summary>The greatest element that is not a NaN; negative infinity where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(float* x, nint length)
    {
        TVector a = TSimd.Create(float.NegativeInfinity), b = a, c = a, d = a;
        nint i = 0;
        for (; i <= length - (4 * TSimd.Count); i += 4 * TSimd.Count)
        {
            a = Greater(TSimd.Load(x + i), a);
            b = Greater(TSimd.Load(x + i + TSimd.Count), b);
            c = Greater(TSimd.Load(x + i + (2 * TSimd.Count)), c);
            d = Greater(TSimd.Load(x + i + (3 * TSimd.Count)), d);
        }

        for (; i <= length - TSimd.Count; i += TSimd.Count) a = Greater(TSimd.Load(x + i), a);
        var greatest = stackalloc float[GreatestCount];
        TSimd.Store(Greater(Greater(a, b), Greater(c, d)), greatest);
        var max = greatest[0];
        for (var j = 1; j < TSimd.Count; j++) max = greatest[j] > max ? greatest[j] : max;
        for (; i < length; i++) max = x[i] > max ? x[i] : max;
        return max;
    }

    /// <summary>The first index from <paramref name="start"/> on whose element is greater than <paramref name="threshold"/>; the length where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int NextGreater(float* x, int start, float threshold, int length)
    {
        var thresholds = TSimd.Create(threshold);
        for (; start <= length - TSimd.Count; start += TSimd.Count)
        {
            if (!TSimd.AnyLess(thresholds, TSimd.Load(x + start))) continue;
            while (!(x[start] > threshold)) start++;
            return start;
        }

        while (start < length && !(x[start] > threshold)) start++;
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value<TFunction>(float* x, float* y, TVector number)
        where TFunction : IElementwise
        => TFunction.Apply<TSimd, TVector>(TSimd.Load(x), TSimd.Load(y), number);

    // The greater of the two, and what was greatest so far where x is a NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Greater(TVector x, TVector soFar) => TSimd.Select(TSimd.LessThan(soFar, x), x, soFar);

    private static void CopyRest(float* source, nint length, float filler, float* target)
    {
        for (nint i = 0; i < GreatestCount; i++) target[i] = i < length ? source[i] : filler;
    }
}
