using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>The innermost loops of products of 8-bit weights with 16-bit vectors, for one width of register.</summary>
/// <remarks>
/// Sums of products are whole numbers that fit (<see cref="FixedPoint.GreatestLevel"/>), so they are exact in whatever order they are
/// taken: a vector alone and the same among others give the same bits, with registers of every width where multiply and add are fused.
/// </remarks>
internal static unsafe class QuantizedLoops<TSimd, TVector>
    where TSimd : ISimd<TVector>
    where TVector : struct
{
    /// <summary><c>result += scale · levels · vector</c> for a panel and a vector.</summary>
    /// <param name="panel">The panel: <c>[pairs, <see cref="QuantizedPanels.PanelHeight"/>, 2]</c>.</param>
    /// <param name="scales">The scales of its rows.</param>
    /// <param name="vector">The vector, two 16-bit integers to an element: <c>[pairs]</c>.</param>
    /// <param name="vectorScale">Its scale.</param>
    /// <param name="pairs">The number of pairs of columns.</param>
    /// <param name="result">What is added to: <c>[<see cref="QuantizedPanels.PanelHeight"/>]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(sbyte* panel, float* scales, uint* vector, float vectorScale, nint pairs, float* result)
    {
        var vectorScales = TSimd.Create(vectorScale);
        for (var row = 0; row < QuantizedPanels.PanelHeight; row += 4 * TSimd.Count)
        {
            TVector a = TSimd.Create(0u), b = a, c = a, d = a;
            var bytes = panel + (2 * row);
            for (nint pair = 0; pair < pairs; pair++)
            {
                var x = TSimd.Create(vector[pair]);
                a = TSimd.MultiplyAddPairs(TSimd.LoadWidened(bytes), x, a);
                b = TSimd.MultiplyAddPairs(TSimd.LoadWidened(bytes + (2 * TSimd.Count)), x, b);
                c = TSimd.MultiplyAddPairs(TSimd.LoadWidened(bytes + (4 * TSimd.Count)), x, c);
                d = TSimd.MultiplyAddPairs(TSimd.LoadWidened(bytes + (6 * TSimd.Count)), x, d);
                bytes += 2 * QuantizedPanels.PanelHeight;
            }

            Add(a, scales + row, vectorScales, result + row);
            Add(b, scales + row + TSimd.Count, vectorScales, result + row + TSimd.Count);
            Add(c, scales + row + (2 * TSimd.Count), vectorScales, result + row + (2 * TSimd.Count));
            Add(d, scales + row + (3 * TSimd.Count), vectorScales, result + row + (3 * TSimd.Count));
        }
    }

    /// <summary>The same for four vectors, so that every weight is widened once for four products.</summary>
    /// <param name="panel">The panel: <c>[pairs, <see cref="QuantizedPanels.PanelHeight"/>, 2]</c>.</param>
    /// <param name="scales">The scales of its rows.</param>
    /// <param name="vectors">The vectors, two 16-bit integers to an element: <c>[4, pairs]</c>.</param>
    /// <param name="vectorScales">Their scales: <c>[4]</c>.</param>
    /// <param name="pairs">The number of pairs of columns.</param>
    /// <param name="result">What is added to: <c>[4, <see cref="QuantizedPanels.PanelHeight"/>]</c>.</param>
    /// <param name="resultStep">Elements from one row of the result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFour(sbyte* panel, float* scales, uint* vectors, float* vectorScales, nint pairs, float* result, nint resultStep)
    {
        for (var row = 0; row < QuantizedPanels.PanelHeight; row += 2 * TSimd.Count)
        {
            TVector a0 = TSimd.Create(0u), b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0;
            var bytes = panel + (2 * row);
            var pair = vectors;
            for (var end = vectors + pairs; pair < end; pair++)
            {
                var a = TSimd.LoadWidened(bytes);
                var b = TSimd.LoadWidened(bytes + (2 * TSimd.Count));
                var x = TSimd.Create(*pair);
                a0 = TSimd.MultiplyAddPairs(a, x, a0);
                b0 = TSimd.MultiplyAddPairs(b, x, b0);
                x = TSimd.Create(pair[pairs]);
                a1 = TSimd.MultiplyAddPairs(a, x, a1);
                b1 = TSimd.MultiplyAddPairs(b, x, b1);
                x = TSimd.Create(pair[2 * pairs]);
                a2 = TSimd.MultiplyAddPairs(a, x, a2);
                b2 = TSimd.MultiplyAddPairs(b, x, b2);
                x = TSimd.Create(pair[3 * pairs]);
                a3 = TSimd.MultiplyAddPairs(a, x, a3);
                b3 = TSimd.MultiplyAddPairs(b, x, b3);
                bytes += 2 * QuantizedPanels.PanelHeight;
            }

            Add(a0, b0, scales + row, vectorScales[0], result + row);
            Add(a1, b1, scales + row, vectorScales[1], result + row + resultStep);
            Add(a2, b2, scales + row, vectorScales[2], result + row + (2 * resultStep));
            Add(a3, b3, scales + row, vectorScales[3], result + row + (3 * resultStep));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector a, TVector b, float* scales, float vectorScale, float* result)
    {
        var vectorScales = TSimd.Create(vectorScale);
        Add(a, scales, vectorScales, result);
        Add(b, scales + TSimd.Count, vectorScales, result + TSimd.Count);
    }

    // result += (row scale · vector scale) · sum
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector sums, float* scales, TVector vectorScales, float* result)
        => TSimd.Store(TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Load(scales), vectorScales), TSimd.ConvertToSingle(sums), TSimd.Load(result)), result);
}
