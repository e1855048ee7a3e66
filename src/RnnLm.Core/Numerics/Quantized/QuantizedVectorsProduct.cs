namespace RnnLm.Numerics;

/// <summary>A product of rounded vectors and a matrix of 8-bit integers, added to the result; divided among threads by panels.</summary>
/// <remarks>Each panel is multiplied by all vectors while it is in the cache.</remarks>
internal unsafe struct QuantizedVectorsProduct : IPartitionedKernel
{
    private const int Height = QuantizedPanels.PanelHeight;

    /// <summary>The first panel of the matrix; the others lie behind it.</summary>
    public QuantizedPanel FirstPanel;

    /// <summary>The number of groups of columns.</summary>
    public int Groups;

    /// <summary>The first row.</summary>
    public int FirstRow;

    /// <summary>The number of rows.</summary>
    public int Rows;

    /// <summary>The vectors, four bytes to an element: <c>[count, groups]</c>.</summary>
    public uint* Vectors;

    /// <summary>Their scales: <c>[count]</c>.</summary>
    public float* VectorScales;

    /// <summary>The number of vectors.</summary>
    public int Count;

    /// <summary>What is added to: <c>[count, rows]</c>.</summary>
    public float* Result;

    /// <summary>Elements from one row of the result to the next.</summary>
    public nint ResultStep;

    /// <summary>The number of parts the rows are divided into.</summary>
    public int Parts;

    /// <inheritdoc/>
    public readonly void RunPart<TSimd, TVector>(int part)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var (firstPanel, endPanel, end) = (FirstRow / Height, (FirstRow + Rows + Height - 1) / Height, FirstRow + Rows);
        var panels = endPanel - firstPanel;
        var first = firstPanel + (int)((long)panels * part / Parts);
        var last = firstPanel + (int)((long)panels * (part + 1) / Parts);
        for (var panel = first; panel < last; panel++)
        {
            var row = Math.Max(FirstRow, panel * Height);
            Multiply<TSimd, TVector>(Panel(panel), row - (panel * Height), Math.Min(end, (panel + 1) * Height) - row, Result + (row - FirstRow));
        }
    }

    private readonly QuantizedPanel Panel(int index) => new(
        FirstPanel.Levels + ((nint)index * Groups * QuantizedPanels.GroupWidth * Height),
        FirstPanel.Scales + ((nint)index * Height),
        FirstPanel.ZeroPointSums + ((nint)index * Height));

    /// <summary>Some rows of a panel times all vectors.</summary>
    private readonly void Multiply<TSimd, TVector>(QuantizedPanel panel, int place, int height, float* target)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var vector = 0;
        if (height == Height)
        {
            for (; vector <= Count - 4; vector += 4)
            {
                QuantizedLoops<TSimd, TVector>.MultiplyFour(
                    panel, Vectors + ((nint)vector * Groups), VectorScales + vector, Groups, target + (vector * ResultStep), ResultStep);
            }
        }

        var edge = stackalloc float[Height];
        for (; vector < Count; vector++)
        {
            var some = new Span<float>(target + (vector * ResultStep), height);
            var result = height == Height ? target + (vector * ResultStep) : edge;
            if (result == edge) some.CopyTo(new Span<float>(edge + place, height));
            QuantizedLoops<TSimd, TVector>.Multiply(panel, Vectors + ((nint)vector * Groups), VectorScales[vector], Groups, result);
            if (result == edge) new Span<float>(edge + place, height).CopyTo(some);
        }
    }
}
