using System.Runtime.Intrinsics;

namespace RnnLm.Numerics;

/// <summary>
/// A matrix product with a packed right operand: divides the result among threads, and each thread's part into blocks
/// that stay in its caches while <see cref="ProductTile{TSimd, TVector, THeight, TWidth}"/> goes over them.
/// </summary>
/// <remarks>
/// The order in which an element is summed depends on <see cref="Depth"/> alone: blocks of <c>k</c> from first to last, added up.
/// </remarks>
internal unsafe struct BlockedProduct : IPartitionedKernel
{
    // k in one block. A panel this deep is in the second-level cache, which keeps up with a tile; what a tile costs besides is paid seldom.
    internal const int BlockDepth = 720;

    // Elements of the left operand that are gone over again and again for one panel after another: most of a second-level cache.
    private const int LeftBlockLength = 160 * 1024;

    // Elements between two that compete for few of the sets of a first-level cache.
    private const int CrowdedStep = 256;

    // The rows of a tile: with two vectors across, these sums leave eight of 32 registers for the operands (four of 16 at half the height).
    private const int GreatestHeight = 12;

    // A panel that comes from beyond the second-level cache is used for at least so many rows.
    private const int LeastRows = 120;

    /// <summary>The first element of the left operand.</summary>
    public float* Left;

    /// <summary>Elements from one row of the left operand to the next.</summary>
    public nint LeftRowStep;

    /// <summary>Elements from one column of the left operand to the next.</summary>
    public nint LeftStep;

    /// <summary>The packed right operand.</summary>
    public float* Right;

    /// <summary>The columns that the packed operand has in all.</summary>
    public int PackedColumns;

    /// <summary>The packed operand's column that makes the result's first: a multiple of the panel's width.</summary>
    public int FirstColumn;

    /// <summary>The first element of the result.</summary>
    public float* Result;

    /// <summary>Elements from one row of the result to the next.</summary>
    public nint ResultStep;

    /// <summary>The rows of the result.</summary>
    public int Rows;

    /// <summary>The columns of the result.</summary>
    public int Columns;

    /// <summary>The length of the sums.</summary>
    public int Depth;

    /// <summary>Whether the product is added to the result or replaces it.</summary>
    public bool Accumulate;

    /// <summary>The number of parts the result is divided into.</summary>
    public int Parts;

    [ThreadStatic]
    private static AlignedBuffer? packedLeft;

    /// <inheritdoc/>
    public readonly void RunPart<TSimd, TVector>(int part)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var panels = (Columns + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;

        // Every part reads the whole of one operand, so the smaller one is shared.
        if (Rows > Columns)
        {
            var first = (int)((long)Rows * part / Parts);
            var end = (int)((long)Rows * (part + 1) / Parts);
            Compute<TSimd, TVector>(first, end, 0, panels);
            return;
        }

        // Whole panels as far as they go round, and some rows of the panel in which one part ends and the next begins.
        var work = (long)panels * Rows;
        var (firstPanel, firstRow) = Divide(work * part / Parts, Rows);
        var (endPanel, endRow) = Divide(work * (part + 1) / Parts, Rows);
        if (firstPanel == endPanel)
        {
            Compute<TSimd, TVector>(firstRow, endRow, firstPanel, firstPanel + 1);
            return;
        }

        if (firstRow > 0)
        {
            Compute<TSimd, TVector>(firstRow, Rows, firstPanel, firstPanel + 1);
            firstPanel++;
        }

        Compute<TSimd, TVector>(0, Rows, firstPanel, endPanel);
        Compute<TSimd, TVector>(0, endRow, endPanel, endPanel + 1);
    }

    private static (int Panel, int Row) Divide(long work, int rows) => ((int)(work / rows), (int)(work % rows));

    private readonly void Compute<TSimd, TVector>(int firstRow, int endRow, int firstPanel, int endPanel)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        if (firstRow >= endRow || firstPanel >= endPanel) return;
        var greatestHeight = TSimd.Registers >= 32 ? GreatestHeight : GreatestHeight / 2;
        var blocksOfDepth = Math.Max(1, (Depth + BlockDepth - 1) / BlockDepth);

        // As many rows as leave room for all their columns, but no fewer than pay; then as many columns as there is room for.
        var rows = endRow - firstRow;
        var rowBlocks = (int)Math.Ceiling(rows / (double)Math.Max(LeastRows, LeftBlockLength / Math.Max(1, Depth)));
        var blocksAtOnce = Math.Clamp(LeftBlockLength / ((rows / rowBlocks + 1) * BlockDepth), 1, blocksOfDepth);
        for (var firstBlock = 0; firstBlock < blocksOfDepth; firstBlock += blocksAtOnce)
        {
            var endBlock = Math.Min(firstBlock + blocksAtOnce, blocksOfDepth);
            for (var rowBlock = 0; rowBlock < rowBlocks; rowBlock++)
            {
                var row = firstRow + (int)((long)rows * rowBlock / rowBlocks);
                var tiles = new TileRows(firstRow + (int)((long)rows * (rowBlock + 1) / rowBlocks) - row, greatestHeight);
                ComputeRows<TSimd, TVector>(row, tiles, firstBlock, endBlock, blocksOfDepth, firstPanel, endPanel);
            }
        }
    }

    // A transposed left operand is read where it lies: a tile's rows are side by side, and what the first-level cache does not hold the
    // second does in time. Only where each k is in the same few sets of a cache as the one before, and there are many, does a copy pay.
    private readonly bool MustPackLeft => LeftStep != 1 && LeftStep % CrowdedStep == 0 && (long)Rows * Depth > LeftBlockLength;

    private readonly int StartOfBlock(int block, int blocks) => (int)((long)Depth * block / blocks);

    private readonly void ComputeRows<TSimd, TVector>(
        int firstRow, TileRows tiles, int firstBlock, int endBlock, int blocks, int firstPanel, int endPanel)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var start = StartOfBlock(firstBlock, blocks);
        var edge = stackalloc float[GreatestHeight * PackedMatrix.PanelWidth];
        var packed = MustPackLeft ? PackLeft(firstRow, tiles, firstBlock, endBlock, blocks) : null;
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var column = panel * PackedMatrix.PanelWidth;
            var panelStep = PackedMatrix.PanelStep(PackedColumns, FirstColumn + column);
            var panelValues = Right + ((nint)(FirstColumn + column) * Depth);
            var width = Math.Min(PackedMatrix.PanelWidth, Columns - column);
            for (var block = firstBlock; block < endBlock; block++)
            {
                var from = StartOfBlock(block, blocks);
                var depth = StartOfBlock(block + 1, blocks) - from;
                var operands = new TileOperands
                {
                    LeftRowStep = packed is null ? LeftRowStep : 1,
                    LeftStep = LeftStep,
                    Panel = panelValues + (from * panelStep),
                    PanelStep = panelStep,
                    Depth = depth,
                    ResultStep = ResultStep,
                    Accumulate = Accumulate || block > 0,
                };
                for (var tile = 0; tile < tiles.Count; tile++)
                {
                    var row = tiles.Start(tile);
                    var height = tiles.Start(tile + 1) - row;
                    operands.Left = Left + ((firstRow + row) * LeftRowStep) + (from * LeftStep);
                    operands.Result = Result + ((firstRow + row) * ResultStep) + column;
                    if (packed is not null)
                    {
                        operands.Left = packed + ((nint)(from - start) * tiles.Rows) + ((nint)row * depth);
                        operands.LeftStep = height;
                    }

                    operands.Ahead = operands.Left;
                    operands.AheadStep = 0;
                    if (panel == firstPanel && packed is null && tile < tiles.Count - 1) LookAhead(ref operands, height);
                    if (width == 2 * TSimd.Count) Dispatch<TSimd, TVector>(height, two: true, operands);
                    else ComputeTile<TSimd, TVector>(height, operands, width, edge);
                }
            }
        }
    }

    // For the first panel the left operand may be on its way from memory; from then on it is in a cache.
    private static void LookAhead(ref TileOperands operands, int height)
    {
        if (operands.LeftStep != 1)
        {
            // The columns beside this tile's.
            operands.Ahead = operands.Left + height;
            operands.AheadStep = operands.LeftStep;
        }
        else if (height * operands.LeftRowStep <= CacheLine.Length * operands.Depth)
        {
            // The rows below, which lie one after another.
            operands.Ahead = operands.Left + (height * operands.LeftRowStep);
            operands.AheadStep = CacheLine.Length;
        }
    }

    private readonly float* PackLeft(int firstRow, TileRows tiles, int firstBlock, int endBlock, int blocks)
    {
        var start = StartOfBlock(firstBlock, blocks);
        var length = (StartOfBlock(endBlock, blocks) - start) * tiles.Rows;
        if (packedLeft is null || packedLeft.Length < length) packedLeft = new AlignedBuffer(Math.Max(length, LeftBlockLength));
        var packed = packedLeft.Pointer;
        for (var block = firstBlock; block < endBlock; block++)
        {
            var from = StartOfBlock(block, blocks);
            var depth = StartOfBlock(block + 1, blocks) - from;
            PanelPacking.PackTiles(
                Left + (from * LeftStep) + firstRow, LeftStep, tiles, depth, packed + ((nint)(from - start) * tiles.Rows));
        }

        return packed;
    }

    // A tile across a panel, two vectors at a time; what is left over at the end in a narrower register where that will do.
    private static void ComputeTile<TSimd, TVector>(int height, TileOperands operands, int width, float* edge)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        while (width > 0)
        {
            if (TSimd.Count > Simd256.Count && width <= Simd256.Count)
            {
                ComputeStrip<Simd256, Vector256<float>>(height, operands, width, edge);
                return;
            }

            var columns = width > TSimd.Count ? 2 * TSimd.Count : TSimd.Count;
            ComputeStrip<TSimd, TVector>(height, operands, Math.Min(width, columns), edge);
            operands.Panel += columns;
            operands.Result += columns;
            width -= columns;
        }
    }

    // The panel is padded with zeros; the result is not, and takes the detour of a full tile.
    private static void ComputeStrip<TSimd, TVector>(int height, in TileOperands operands, int width, float* edge)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var two = width > TSimd.Count;
        var columns = two ? 2 * TSimd.Count : TSimd.Count;
        if (width == columns)
        {
            Dispatch<TSimd, TVector>(height, two, operands);
            return;
        }

        var whole = operands;
        whole.Result = edge;
        whole.ResultStep = columns;
        whole.Accumulate = false;
        Dispatch<TSimd, TVector>(height, two, whole);
        for (var i = 0; i < height; i++)
        {
            var result = operands.Result + (i * operands.ResultStep);
            for (var j = 0; j < width; j++)
                result[j] = operands.Accumulate ? result[j] + edge[(i * columns) + j] : edge[(i * columns) + j];
        }
    }

    private static void Dispatch<TSimd, TVector>(int height, bool two, in TileOperands operands)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        switch (height)
        {
            case 1: Tile<TSimd, TVector, Constants.One>(two, operands); break;
            case 2: Tile<TSimd, TVector, Constants.Two>(two, operands); break;
            case 3: Tile<TSimd, TVector, Constants.Three>(two, operands); break;
            case 4: Tile<TSimd, TVector, Constants.Four>(two, operands); break;
            case 5: Tile<TSimd, TVector, Constants.Five>(two, operands); break;
            case 6: Tile<TSimd, TVector, Constants.Six>(two, operands); break;
            case 7: Tile<TSimd, TVector, Constants.Seven>(two, operands); break;
            case 8: Tile<TSimd, TVector, Constants.Eight>(two, operands); break;
            case 9: Tile<TSimd, TVector, Constants.Nine>(two, operands); break;
            case 10: Tile<TSimd, TVector, Constants.Ten>(two, operands); break;
            case 11: Tile<TSimd, TVector, Constants.Eleven>(two, operands); break;
            case 12: Tile<TSimd, TVector, Constants.Twelve>(two, operands); break;
        }
    }

    private static void Tile<TSimd, TVector, THeight>(bool two, in TileOperands operands)
        where TSimd : ISimd<TVector>
        where TVector : struct
        where THeight : IConstant
    {
        if (two) ProductTile<TSimd, TVector, THeight, Constants.Two>.Multiply(operands);
        else ProductTile<TSimd, TVector, THeight, Constants.One>.Multiply(operands);
    }
}
