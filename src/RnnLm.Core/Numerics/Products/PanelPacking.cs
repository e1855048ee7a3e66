using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnLm.Numerics;

/// <summary>Lays out the operands of a product in the order in which its innermost loop reads them.</summary>
internal static unsafe class PanelPacking
{
    private struct Job
    {
        public float* Source, Target;
        public nint RowStep, ColumnStep;
        public int Rows, TargetColumns, FirstColumn, Columns, Parts;
    }

    /// <summary>Writes a block of columns into a packed right operand.</summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="rowStep">Elements from one of its rows to the next.</param>
    /// <param name="columnStep">Elements from one of its columns to the next; this or <paramref name="rowStep"/> is 1.</param>
    /// <param name="rows">The number of rows of block and target.</param>
    /// <param name="targetColumns">The number of columns of the packed matrix.</param>
    /// <param name="firstColumn">The column of the packed matrix that the block's first column becomes.</param>
    /// <param name="columns">The number of columns of the block.</param>
    /// <param name="target">The packed matrix.</param>
    /// <param name="workers">The threads that share the work.</param>
    public static void Pack(
        float* source, nint rowStep, nint columnStep, int rows, int targetColumns, int firstColumn, int columns, float* target, Workers workers)
    {
        const int WorthSharing = 1 << 14;
        var job = new Job
        {
            Source = source,
            Target = target,
            RowStep = rowStep,
            ColumnStep = columnStep,
            Rows = rows,
            TargetColumns = targetColumns,
            FirstColumn = firstColumn,
            Columns = columns,
            Parts = (long)rows * columns < WorthSharing ? 1 : workers.Count,
        };
        workers.Run(job.Parts, &PackPart, &job);
    }

    private static void PackPart(void* state, int part)
    {
        var job = (Job*)state;

        // Each part takes whole panels of the target, so that no two write one cache line.
        var firstPanel = job->FirstColumn / PackedMatrix.PanelWidth;
        var endPanel = (job->FirstColumn + job->Columns + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;
        var panels = endPanel - firstPanel;
        var last = firstPanel + (int)((long)panels * (part + 1) / job->Parts);
        for (var panel = firstPanel + (int)((long)panels * part / job->Parts); panel < last; panel++)
        {
            var panelColumn = panel * PackedMatrix.PanelWidth;
            var from = Math.Max(panelColumn, job->FirstColumn);
            var to = Math.Min(panelColumn + PackedMatrix.PanelWidth, job->FirstColumn + job->Columns);
            var step = PackedMatrix.PanelStep(job->TargetColumns, panelColumn);
            var target = job->Target + ((nint)panelColumn * job->Rows) + (from - panelColumn);
            var source = job->Source + ((from - job->FirstColumn) * job->ColumnStep);
            if (job->ColumnStep == 1)
                CopyRows(source, job->RowStep, job->Rows, to - from, target, step);
            else
                Transpose(source, job->ColumnStep, to - from, job->Rows, target, step);
        }
    }

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="columns"/> elements.</summary>
    // Optimised from the first call on: a process that loads one model, or trains on little, makes few calls, over millions of elements.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(float* source, nint sourceStep, int rows, int columns, float* target, nint targetStep)
    {
        for (; rows > 0; rows--)
        {
            var column = 0;
            for (; column <= columns - 8; column += 8) Vector256.Store(Vector256.Load(source + column), target + column);
            for (; column < columns; column++) target[column] = source[column];
            source += sourceStep;
            target += targetStep;
        }
    }

    /// <summary>
    /// <c>target[j, i] = source[i, j]</c> for <paramref name="rows"/> rows and <paramref name="columns"/> columns of the source.
    /// </summary>
    // Optimised from the first call on, as above.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStep, int rows, int columns, float* target, nint targetStep)
    {
        // Sixteen columns of the source are a cache line of each of its rows; it is used up before the next is touched.
        const int Strip = 16;
        for (var first = 0; first < columns; first += Strip)
        {
            var end = Math.Min(first + Strip, columns);
            var row = 0;
            for (; row <= rows - 4; row += 4)
            {
                var column = first;
                for (; column <= end - 4; column += 4)
                    TransposeFour(source + (row * sourceStep) + column, sourceStep, target + (column * targetStep) + row, targetStep);
                for (; column < end; column++)
                    for (var i = row; i < row + 4; i++) target[(column * targetStep) + i] = source[(i * sourceStep) + column];
            }

            for (; row < rows; row++)
                for (var column = first; column < end; column++) target[(column * targetStep) + row] = source[(row * sourceStep) + column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* source, nint sourceStep, float* target, nint targetStep)
    {
        var a = Vector128.Load(source);
        var b = Vector128.Load(source + sourceStep);
        var c = Vector128.Load(source + (2 * sourceStep));
        var d = Vector128.Load(source + (3 * sourceStep));
        var acLow = InterleaveLow(a, c);
        var acHigh = InterleaveHigh(a, c);
        var bdLow = InterleaveLow(b, d);
        var bdHigh = InterleaveHigh(b, d);
        InterleaveLow(acLow, bdLow).Store(target);
        InterleaveHigh(acLow, bdLow).Store(target + targetStep);
        InterleaveLow(acHigh, bdHigh).Store(target + (2 * targetStep));
        InterleaveHigh(acHigh, bdHigh).Store(target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported) return Sse.UnpackLow(x, y);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(x, y);
        return Vector128.Create(x[0], y[0], x[1], y[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported) return Sse.UnpackHigh(x, y);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(x, y);
        return Vector128.Create(x[2], y[2], x[3], y[3]);
    }

    /// <summary>
    /// Lays out rows of a transposed left operand for tiles: all <c>k</c> of the first tile, then of the next.
    /// A tile's <c>k</c>-th group holds its rows' elements side by side.
    /// </summary>
    /// <param name="source">The first row's first element.</param>
    /// <param name="step">Elements from one <c>k</c> to the next; the rows lie side by side.</param>
    /// <param name="tiles">How the rows are divided.</param>
    /// <param name="depth">The number of <c>k</c>.</param>
    /// <param name="target">Room for <c>rows · depth</c> elements.</param>
    public static void PackTiles(float* source, nint step, TileRows tiles, int depth, float* target)
    {
        // A few tiles at a time: they share the cache lines of the source, and their own stay in the first-level cache.
        const int TilesAtOnce = 8;
        var starts = stackalloc int[TilesAtOnce + 1];
        for (var first = 0; first < tiles.Count; first += TilesAtOnce)
        {
            var count = Math.Min(TilesAtOnce, tiles.Count - first);
            for (var tile = 0; tile <= count; tile++) starts[tile] = tiles.Start(first + tile);
            for (var k = 0; k < depth; k++)
            {
                for (var tile = 0; tile < count; tile++)
                {
                    var row = starts[tile];
                    var height = starts[tile + 1] - row;
                    var from = source + (k * step) + row;
                    var to = target + ((nint)row * depth) + (k * height);
                    if (Sse.IsSupported) Sse.Prefetch0(from + (4 * step));
                    if (height > 8)
                    {
                        // The last vector may overlap the one before it.
                        Vector128.Store(Vector128.Load(from), to);
                        Vector128.Store(Vector128.Load(from + 4), to + 4);
                        Vector128.Store(Vector128.Load(from + height - 4), to + height - 4);
                        continue;
                    }

                    for (var i = 0; i < height; i++) to[i] = from[i];
                }
            }
        }
    }
}
