using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The passes of a softmax over one tile of the vocabulary, with a word to a row and a position to a column. A strip of two registers'
/// positions is followed down all rows, so that what is wanted for each position stays in registers.
/// </summary>
internal static unsafe class LogitColumns
{
    /// <summary>What the columns of a tile must be a multiple of.</summary>
    public const int Granularity = OutputLoss.RowGranularity;

    /// <summary>Raises each position's maximum to the greatest of its logits, biases added.</summary>
    /// <param name="logits">Logits before the bias: <c>[bias.Length, maxima.Length]</c>.</param>
    /// <param name="bias">A bias for each row.</param>
    /// <param name="maxima">A maximum for each column.</param>
    public static void RaiseMaxima(ReadOnlySpan<float> logits, ReadOnlySpan<float> bias, Span<float> maxima)
    {
        Check(logits, bias.Length, maxima.Length);
        fixed (float* values = logits, biases = bias, greatest = maxima)
        {
            RegisterWidth.Run(new MaximaPass(values, biases, bias.Length, greatest, maxima.Length));
        }
    }

    /// <summary>Replaces logits by <c>e^(logit + bias - maximum)</c>, and writes the sum of each column.</summary>
    /// <param name="logits">Logits before the bias: <c>[bias.Length, maxima.Length]</c>.</param>
    /// <param name="bias">A bias for each row.</param>
    /// <param name="maxima">A maximum for each column.</param>
    /// <param name="sums">Receives a sum for each column.</param>
    public static void ExponentiateAndSum(Span<float> logits, ReadOnlySpan<float> bias, ReadOnlySpan<float> maxima, Span<float> sums)
    {
        Check(logits, bias.Length, maxima.Length);
        Check(sums, 1, maxima.Length);
        fixed (float* values = logits, biases = bias, greatest = maxima, totals = sums)
        {
            RegisterWidth.Run(new PowersPass(values, biases, bias.Length, greatest, totals, maxima.Length));
        }
    }

    /// <summary>Multiplies every column by its factor.</summary>
    /// <param name="powers">The values: <c>[any number, factors.Length]</c>.</param>
    /// <param name="factors">A factor for each column.</param>
    public static void ScaleColumns(Span<float> powers, ReadOnlySpan<float> factors)
    {
        for (var start = 0; start < powers.Length; start += factors.Length)
        {
            var row = powers.Slice(start, factors.Length);
            VectorFunctions.Multiply(row, factors, row);
        }
    }

    private static void Check(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        if (columns % Granularity != 0 || matrix.Length < (long)rows * columns)
            throw new ArgumentException($"{rows} rows of {columns} columns were expected, the columns a multiple of {Granularity}; there are {matrix.Length} values.");
    }

    private readonly struct MaximaPass(float* logits, float* bias, nint rows, float* maxima, nint columns) : IKernel
    {
        void IKernel.Run<TSimd, TVector>() => Loops<TSimd, TVector>.RaiseMaxima(logits, bias, rows, maxima, columns);
    }

    private readonly struct PowersPass(float* logits, float* bias, nint rows, float* maxima, float* sums, nint columns) : IKernel
    {
        void IKernel.Run<TSimd, TVector>() => Loops<TSimd, TVector>.ExponentiateAndSum(logits, bias, rows, maxima, sums, columns);
    }

    private static class Loops<TSimd, TVector>
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        // What the widest registers leave over is a strip of the next narrower ones.
        public static void RaiseMaxima(float* logits, float* bias, nint rows, float* maxima, nint columns)
        {
            nint column = 0;
            for (; column <= columns - (2 * TSimd.Count); column += 2 * TSimd.Count)
                RaiseMaximaOfStrip(logits + column, bias, rows, maxima + column, columns);
            if (column < columns)
                Loops<Simd256, Vector256<float>>.RaiseMaximaOfStrip(logits + column, bias, rows, maxima + column, columns);
        }

        public static void ExponentiateAndSum(float* logits, float* bias, nint rows, float* maxima, float* sums, nint columns)
        {
            nint column = 0;
            for (; column <= columns - (2 * TSimd.Count); column += 2 * TSimd.Count)
                ExponentiateAndSumStrip(logits + column, bias, rows, maxima + column, sums + column, columns);
            if (column < columns)
                Loops<Simd256, Vector256<float>>.ExponentiateAndSumStrip(logits + column, bias, rows, maxima + column, sums + column, columns);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RaiseMaximaOfStrip(float* logit, float* bias, nint rows, float* maxima, nint step)
        {
            var a = TSimd.Load(maxima);
            var b = TSimd.Load(maxima + TSimd.Count);
            for (nint row = 0; row < rows; row++, logit += step)
            {
                var added = TSimd.Create(bias[row]);
                a = Greater(TSimd.Add(TSimd.Load(logit), added), a);
                b = Greater(TSimd.Add(TSimd.Load(logit + TSimd.Count), added), b);
            }
            TSimd.Store(a, maxima);
            TSimd.Store(b, maxima + TSimd.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ExponentiateAndSumStrip(float* logit, float* bias, nint rows, float* maxima, float* sums, nint step)
        {
            var firstMaximum = TSimd.Load(maxima);
            var secondMaximum = TSimd.Load(maxima + TSimd.Count);
            var a = TSimd.Create(0f);
            var b = a;
            for (nint row = 0; row < rows; row++, logit += step)
            {
                var added = TSimd.Create(bias[row]);
                var first = Power(logit, added, firstMaximum);
                var second = Power(logit + TSimd.Count, added, secondMaximum);
                TSimd.Store(first, logit);
                TSimd.Store(second, logit + TSimd.Count);
                a = TSimd.Add(a, first);
                b = TSimd.Add(b, second);
            }
            TSimd.Store(a, sums);
            TSimd.Store(b, sums + TSimd.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Power(float* logit, TVector bias, TVector maximum)
            => ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Add(TSimd.Load(logit), bias), maximum));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Greater(TVector x, TVector y) => TSimd.Select(TSimd.LessThan(y, x), x, y);
    }
}
