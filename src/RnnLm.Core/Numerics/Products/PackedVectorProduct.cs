using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>A product of a vector and a packed matrix, added to the result; divided among threads by panels.</summary>
/// <remarks>
/// It is bound by reading the matrix. An element is summed in the order of <see cref="BlockedProduct"/>, so the product of one vector has
/// the bits that it has among many.
/// </remarks>
internal unsafe struct PackedVectorProduct : IPartitionedKernel
{
    // Registers of columns at a time: enough chains of additions that they wait for memory and not for each other.
    private const int RegistersAtOnce = 4;

    private const int GreatestCount = 16;

    /// <summary>The vector.</summary>
    public float* Vector;

    /// <summary>The packed matrix.</summary>
    public float* Matrix;

    /// <summary>The rows of the matrix: the length of the sums.</summary>
    public int Depth;

    /// <summary>The columns of the matrix.</summary>
    public int Columns;

    /// <summary>What is added to.</summary>
    public float* Result;

    /// <summary>The number of parts the columns are divided into.</summary>
    public int Parts;

    /// <inheritdoc/>
    public readonly void RunPart<TSimd, TVector>(int part)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        // Two panels together, since four registers of 512 bits go across them.
        const int Pair = 2 * PackedMatrix.PanelWidth;
        var pairs = (Columns + Pair - 1) / Pair;
        var first = (int)((long)pairs * part / Parts) * Pair;
        var end = (int)((long)pairs * (part + 1) / Parts) * Pair;
        Compute<TSimd, TVector>(first, Math.Min(end, Columns));
    }

    private readonly void Compute<TSimd, TVector>(int firstColumn, int endColumn)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        // Up to here a row of a panel is of the full width; the last panel may be narrower.
        var endOfWidePanels = Columns / PackedMatrix.PanelWidth * PackedMatrix.PanelWidth;
        if (PackedMatrix.PanelStep(Columns, endOfWidePanels) == PackedMatrix.PanelWidth) endOfWidePanels += PackedMatrix.PanelWidth;

        var edge = stackalloc float[RegistersAtOnce * GreatestCount];
        var strip = RegistersAtOnce * TSimd.Count;
        for (var column = firstColumn; column < endColumn;)
        {
            var isWide = column < endOfWidePanels;
            var step = isWide ? PackedMatrix.PanelWidth : PackedMatrix.PanelStep(Columns, endOfWidePanels);
            var stored = Math.Min(strip, (isWide ? endOfWidePanels : endOfWidePanels + step) - column);
            // Registers beyond what is stored repeat the first; their sums go nowhere.
            var a = Address(column);
            var b = stored > TSimd.Count ? Address(column + TSimd.Count) : a;
            var c = stored > 2 * TSimd.Count ? Address(column + (2 * TSimd.Count)) : a;
            var d = stored > 3 * TSimd.Count ? Address(column + (3 * TSimd.Count)) : a;

            var width = Math.Min(stored, endColumn - column);
            var result = width == strip ? Result + column : edge;
            if (result == edge) Copy(Result + column, edge, width);
            AddStrip<TSimd, TVector>(Vector, Depth, a, b, c, d, step, result);
            if (result == edge) Copy(edge, Result + column, width);
            column += stored;
        }
    }

    /// <summary>Where a column of the matrix begins; the columns of its panel are stored side by side.</summary>
    private readonly float* Address(int column)
    {
        var inPanel = column % PackedMatrix.PanelWidth;
        return Matrix + ((nint)(column - inPanel) * Depth) + inPanel;
    }

    private static void Copy(float* source, float* target, int count) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));

    /// <summary>Four registers of columns: <c>result += vector · columns</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddStrip<TSimd, TVector>(float* vector, int depth, float* a, float* b, float* c, float* d, nint step, float* result)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var blocks = (depth + BlockedProduct.BlockDepth - 1) / BlockedProduct.BlockDepth;
        nint offset = 0;
        var k = 0;
        for (var block = 1; block <= blocks; block++)
        {
            TVector sumA = TSimd.Create(0f), sumB = sumA, sumC = sumA, sumD = sumA;
            for (var end = (int)((long)depth * block / blocks); k < end; k++)
            {
                var x = TSimd.Create(vector[k]);
                sumA = TSimd.MultiplyAdd(x, TSimd.Load(a + offset), sumA);
                sumB = TSimd.MultiplyAdd(x, TSimd.Load(b + offset), sumB);
                sumC = TSimd.MultiplyAdd(x, TSimd.Load(c + offset), sumC);
                sumD = TSimd.MultiplyAdd(x, TSimd.Load(d + offset), sumD);
                offset += step;
            }

            TSimd.Store(TSimd.Add(TSimd.Load(result), sumA), result);
            TSimd.Store(TSimd.Add(TSimd.Load(result + TSimd.Count), sumB), result + TSimd.Count);
            TSimd.Store(TSimd.Add(TSimd.Load(result + (2 * TSimd.Count)), sumC), result + (2 * TSimd.Count));
            TSimd.Store(TSimd.Add(TSimd.Load(result + (3 * TSimd.Count)), sumD), result + (3 * TSimd.Count));
        }
    }
}
