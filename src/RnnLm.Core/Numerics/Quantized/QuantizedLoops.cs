using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>The innermost loops of products of 8-bit weights with rounded vectors, for one width of register.</summary>
/// <remarks>
/// Sums of products are whole numbers that fit (<see cref="FixedPoint.GreatestLevel"/>), so they are exact in whatever order they are
/// taken: a vector alone and the same among others give the same bits, with registers of every width where multiply and add are fused.
/// </remarks>
internal static unsafe class QuantizedLoops<TSimd, TVector>
    where TSimd : ISimd<TVector>
    where TVector : struct
{
    // Of bytes and of registers: what a row of a panel takes is four bytes, as many as an element of a register.
    private static int Step => sizeof(float) * TSimd.Count;

    /// <summary><c>result += scale · levels · vector</c> for a panel and a vector.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="vector">The vector, four bytes to an element: <c>[groups]</c>.</param>
    /// <param name="vectorScale">Its scale.</param>
    /// <param name="groups">The number of groups of columns.</param>
    /// <param name="result">What is added to: <c>[<see cref="QuantizedPanels.PanelHeight"/>]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(QuantizedPanel panel, uint* vector, float vectorScale, nint groups, float* result)
    {
        for (var row = 0; row < QuantizedPanels.PanelHeight; row += 4 * TSimd.Count)
        {
            var a = TSimd.Load(panel.ZeroPointSums + row);
            var b = TSimd.Load(panel.ZeroPointSums + row + TSimd.Count);
            var c = TSimd.Load(panel.ZeroPointSums + row + (2 * TSimd.Count));
            var d = TSimd.Load(panel.ZeroPointSums + row + (3 * TSimd.Count));
            var bytes = panel.Levels + (QuantizedPanels.GroupWidth * row);
            for (nint group = 0; group < groups; group++)
            {
                var x = TSimd.Create(vector[group]);
                a = TSimd.MultiplyAddBytes(x, TSimd.Load((float*)bytes), a);
                b = TSimd.MultiplyAddBytes(x, TSimd.Load((float*)(bytes + Step)), b);
                c = TSimd.MultiplyAddBytes(x, TSimd.Load((float*)(bytes + (2 * Step))), c);
                d = TSimd.MultiplyAddBytes(x, TSimd.Load((float*)(bytes + (3 * Step))), d);
                bytes += QuantizedPanels.GroupWidth * QuantizedPanels.PanelHeight;
            }

            var vectorScales = TSimd.Create(vectorScale);
            Add(a, panel.Scales + row, vectorScales, result + row);
            Add(b, panel.Scales + row + TSimd.Count, vectorScales, result + row + TSimd.Count);
            Add(c, panel.Scales + row + (2 * TSimd.Count), vectorScales, result + row + (2 * TSimd.Count));
            Add(d, panel.Scales + row + (3 * TSimd.Count), vectorScales, result + row + (3 * TSimd.Count));
        }
    }

    /// <summary>The same for four vectors, so that every weight is read once for four products.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="vectors">The vectors, four bytes to an element: <c>[4, groups]</c>.</param>
    /// <param name="vectorScales">Their scales: <c>[4]</c>.</param>
    /// <param name="groups">The number of groups of columns.</param>
    /// <param name="result">What is added to: <c>[4, <see cref="QuantizedPanels.PanelHeight"/>]</c>.</param>
    /// <param name="resultStep">Elements from one row of the result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFour(QuantizedPanel panel, uint* vectors, float* vectorScales, nint groups, float* result, nint resultStep)
    {
        for (var row = 0; row < QuantizedPanels.PanelHeight; row += 2 * TSimd.Count)
        {
            var a0 = TSimd.Load(panel.ZeroPointSums + row);
            var b0 = TSimd.Load(panel.ZeroPointSums + row + TSimd.Count);
            TVector a1 = a0, b1 = b0, a2 = a0, b2 = b0, a3 = a0, b3 = b0;
            var bytes = panel.Levels + (QuantizedPanels.GroupWidth * row);
            var group = vectors;
            for (var end = vectors + groups; group < end; group++)
            {
                var a = TSimd.Load((float*)bytes);
                var b = TSimd.Load((float*)(bytes + Step));
                var x = TSimd.Create(*group);
                a0 = TSimd.MultiplyAddBytes(x, a, a0);
                b0 = TSimd.MultiplyAddBytes(x, b, b0);
                x = TSimd.Create(group[groups]);
                a1 = TSimd.MultiplyAddBytes(x, a, a1);
                b1 = TSimd.MultiplyAddBytes(x, b, b1);
                x = TSimd.Create(group[2 * groups]);
                a2 = TSimd.MultiplyAddBytes(x, a, a2);
                b2 = TSimd.MultiplyAddBytes(x, b, b2);
                x = TSimd.Create(group[3 * groups]);
                a3 = TSimd.MultiplyAddBytes(x, a, a3);
                b3 = TSimd.MultiplyAddBytes(x, b, b3);
                bytes += QuantizedPanels.GroupWidth * QuantizedPanels.PanelHeight;
            }

            var scales = panel.Scales + row;
            Add(a0, b0, scales, vectorScales[0], result + row);
            Add(a1, b1, scales, vectorScales[1], result + row + resultStep);
            Add(a2, b2, scales, vectorScales[2], result + row + (2 * resultStep));
            Add(a3, b3, scales, vectorScales[3], result + row + (3 * resultStep));
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
