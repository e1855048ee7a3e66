using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RnnLm.Numerics;

/// <summary>
/// The innermost loop of every matrix product: a tile of the result, up to 12 rows by two vectors, is held in registers while
/// the tile's rows of the left operand and its columns of a packed panel stream by.
/// </summary>
/// <remarks>
/// Every element of the tile is one chain of fused multiply-adds over <c>k</c> from zero, so its bits do not depend on the height or the
/// width of the tile. The compiler makes one method of each height and width and drops the rows that are not in it.
/// </remarks>
internal static unsafe class ProductTile<TSimd, TVector, THeight, TWidth>
    where TSimd : ISimd<TVector>
    where TVector : struct
    where THeight : IConstant
    where TWidth : IConstant
{
    // So many k before it is wanted, the panel is on its way from wherever it is; beyond its end is the next panel.
    private const int PanelLead = 16;

    // The last stretch of k, in stretches.
    private const int LastStretch = 4;

    /// <summary><c>result (+)= left · panel</c> for one tile.</summary>
    /// <param name="operands">The operands.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in TileOperands operands)
    {
        var left = operands.Left;
        var leftRowStep = operands.LeftRowStep;
        var leftStep = operands.LeftStep;
        var panel = operands.Panel;
        var panelStep = operands.PanelStep;
        var result = operands.Result;
        var resultStep = operands.ResultStep;
        var accumulate = operands.Accumulate;
        var ahead = operands.Ahead;
        var aheadStep = operands.AheadStep;
        TVector c0 = default, d0 = default;
        TVector c1 = default, d1 = default;
        TVector c2 = default, d2 = default;
        TVector c3 = default, d3 = default;
        TVector c4 = default, d4 = default;
        TVector c5 = default, d5 = default;
        TVector c6 = default, d6 = default;
        TVector c7 = default, d7 = default;
        TVector c8 = default, d8 = default;
        TVector c9 = default, d9 = default;
        TVector c10 = default, d10 = default;
        TVector c11 = default, d11 = default;

        // Three rows to a pointer: the processor's addressing gives one step and two steps for nothing.
        var oneRow = leftRowStep;
        var twoRows = 2 * leftRowStep;
        var a0 = left;
        var a3 = left + (3 * leftRowStep);
        var a6 = left + (6 * leftRowStep);
        var a9 = left + (9 * leftRowStep);

        var panelLead = PanelLead * panelStep;

        // The result is wanted when the sums are done, and is on its way from memory until then: a row of it for each stretch of k, since
        // all rows at once would keep the operands waiting. The last stretch is longer, for the last row to arrive.
        var wanted = result;
        var remaining = operands.Depth;
        var stretch = remaining / (THeight.Value + LastStretch);
        for (var row = 0; row <= THeight.Value; row++)
        {
            if (row < THeight.Value) Prefetch(wanted);
            wanted += resultStep;
            var depth = row < THeight.Value ? stretch : remaining;
            remaining -= depth;
            for (; depth > 0; depth--)
            {
                var b = TSimd.Load(panel);
                var e = TWidth.Value > 1 ? TSimd.Load(panel + TSimd.Count) : default;

                if (THeight.Value > 0) Accumulate(*a0, b, e, ref c0, ref d0);
                if (THeight.Value > 1) Accumulate(a0[oneRow], b, e, ref c1, ref d1);
                if (THeight.Value > 2) Accumulate(a0[twoRows], b, e, ref c2, ref d2);
                if (THeight.Value > 3) Accumulate(*a3, b, e, ref c3, ref d3);
                if (THeight.Value > 4) Accumulate(a3[oneRow], b, e, ref c4, ref d4);
                if (THeight.Value > 5) Accumulate(a3[twoRows], b, e, ref c5, ref d5);
                if (THeight.Value > 6) Accumulate(*a6, b, e, ref c6, ref d6);
                if (THeight.Value > 7) Accumulate(a6[oneRow], b, e, ref c7, ref d7);
                if (THeight.Value > 8) Accumulate(a6[twoRows], b, e, ref c8, ref d8);
                if (THeight.Value > 9) Accumulate(*a9, b, e, ref c9, ref d9);
                if (THeight.Value > 10) Accumulate(a9[oneRow], b, e, ref c10, ref d10);
                if (THeight.Value > 11) Accumulate(a9[twoRows], b, e, ref c11, ref d11);

                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(ahead);
                    Sse.Prefetch0(panel + panelLead);
                    if (TWidth.Value * TSimd.Count > CacheLine.Length) Sse.Prefetch0(panel + panelLead + CacheLine.Length);
                }
                ahead += aheadStep;
                panel += panelStep;
                a0 += leftStep;
                if (THeight.Value > 3) a3 += leftStep;
                if (THeight.Value > 6) a6 += leftStep;
                if (THeight.Value > 9) a9 += leftStep;
            }
        }

        if (THeight.Value > 0) Store(result, c0, d0, accumulate);
        if (THeight.Value > 1) Store(result + resultStep, c1, d1, accumulate);
        if (THeight.Value > 2) Store(result + (2 * resultStep), c2, d2, accumulate);
        if (THeight.Value > 3) Store(result + (3 * resultStep), c3, d3, accumulate);
        if (THeight.Value > 4) Store(result + (4 * resultStep), c4, d4, accumulate);
        if (THeight.Value > 5) Store(result + (5 * resultStep), c5, d5, accumulate);
        if (THeight.Value > 6) Store(result + (6 * resultStep), c6, d6, accumulate);
        if (THeight.Value > 7) Store(result + (7 * resultStep), c7, d7, accumulate);
        if (THeight.Value > 8) Store(result + (8 * resultStep), c8, d8, accumulate);
        if (THeight.Value > 9) Store(result + (9 * resultStep), c9, d9, accumulate);
        if (THeight.Value > 10) Store(result + (10 * resultStep), c10, d10, accumulate);
        if (THeight.Value > 11) Store(result + (11 * resultStep), c11, d11, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(float a, TVector b, TVector e, ref TVector c, ref TVector d)
    {
        var broadcast = TSimd.Create(a);
        c = TSimd.MultiplyAdd(broadcast, b, c);
        if (TWidth.Value > 1) d = TSimd.MultiplyAdd(broadcast, e, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* result)
    {
        // The first and the last element: a row of the tile may lie across two or three cache lines.
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(result);
        Sse.Prefetch0(result + (TWidth.Value * TSimd.Count) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* result, TVector c, TVector d, bool accumulate)
    {
        if (accumulate)
        {
            c = TSimd.Add(TSimd.Load(result), c);
            if (TWidth.Value > 1) d = TSimd.Add(TSimd.Load(result + TSimd.Count), d);
        }

        TSimd.Store(c, result);
        if (TWidth.Value > 1) TSimd.Store(d, result + TSimd.Count);
    }
}
