using System.Buffers;
using System.Runtime.InteropServices;

namespace RnnLm.Numerics;

/// <summary>
/// A matrix of 8-bit integers with a scale for each row, <c>w[r, c] = scale[r] · q[r, c]</c>, laid out in the order in which a product
/// reads it: panels of <see cref="PanelHeight"/> rows, each panel four columns at a time.
/// </summary>
/// <remarks>
/// <para>A panel is <c>[columns / 4, rows, 4]</c>: a register of bytes has four neighbours of each of several rows, which are multiplied
/// by the four elements of a vector and added. So every lane of a sum belongs to one row, and nothing has to be added up across lanes.
/// What lies beyond the matrix is zero.</para>
/// <para>Any number of threads may multiply by it at once, but not while rows are being set.</para>
/// </remarks>
internal sealed unsafe class QuantizedPanels
{
    /// <summary>The number of rows of a panel.</summary>
    public const int PanelHeight = 64;

    /// <summary>The number of columns that lie together.</summary>
    public const int GroupWidth = 4;

    /// <summary>The greatest magnitude of a quantised weight. The range is symmetric, so zero is exact and −128 is not used.</summary>
    public const int GreatestLevel = 127;

    private readonly AlignedBuffer values;
    private readonly AlignedBuffer scales;
    private readonly AlignedBuffer zeroPointSums;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public QuantizedPanels(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        Groups = (int)(((long)columns + GroupWidth - 1) / GroupWidth);
        var panels = (rows + PanelHeight - 1) / PanelHeight;
        values = new AlignedBuffer(checked((int)((long)panels * PanelStep / sizeof(float))));
        scales = new AlignedBuffer(panels * PanelHeight);
        zeroPointSums = new AlignedBuffer(panels * PanelHeight);
    }

    /// <summary>The number of rows; each makes one output.</summary>
    public int Rows { get; }

    /// <summary>The number of columns: the length of the vectors it multiplies.</summary>
    public int Columns { get; }

    /// <summary>The number of groups of columns; the last may not be full.</summary>
    public int Groups { get; }

    /// <summary>The number of columns, up to a whole number of groups.</summary>
    public int PaddedColumns => Groups * GroupWidth;

    /// <summary>The scale of every row: <c>[rows]</c>.</summary>
    public Span<float> Scales => new(scales.Pointer, Rows);

    /// <summary>The first panel; the others lie behind it. A caller keeps this object alive while it uses the pointers.</summary>
    internal QuantizedPanel FirstPanel => new((sbyte*)values.Pointer, scales.Pointer, zeroPointSums.Pointer);

    private nint PanelStep => (nint)Groups * GroupWidth * PanelHeight;

    /// <summary>
    /// Rounds a row of weights to the nearest of 255 levels between the negative and the positive of its greatest magnitude, so that each
    /// is off by at most half its row's scale. A row whose scale would not be a normal number (weights below 1.5e-36) becomes zero.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">Its weights, finite numbers: <c>[columns]</c>.</param>
    public void Quantize(int row, ReadOnlySpan<float> weights)
    {
        CheckRow(row, weights.Length);
        // Whatever integer a file may hold, times the scale it is a finite number.
        var scale = MathF.Min(Greatest(weights) / GreatestLevel, float.MaxValue / -sbyte.MinValue);
        if (!float.IsNormal(scale)) scale = 0;
        scales.Pointer[row] = scale;
        var room = ArrayPool<sbyte>.Shared.Rent(Columns);
        var levels = room.AsSpan(0, Columns);
        for (var column = 0; column < levels.Length; column++)
            levels[column] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(weights[column] / scale), -GreatestLevel, GreatestLevel);
        SetRow(row, levels);
        ArrayPool<sbyte>.Shared.Return(room);
    }

    /// <summary>Sets the integers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="levels">The integers: <c>[columns]</c>.</param>
    public void SetRow(int row, ReadOnlySpan<sbyte> levels)
    {
        CheckRow(row, levels.Length);
        var group = (uint*)FirstElement(row);
        foreach (var four in MemoryMarshal.Cast<sbyte, uint>(levels))
        {
            *group = four;
            group += PanelHeight;
        }
        var rest = levels[(levels.Length / GroupWidth * GroupWidth)..];
        for (var column = 0; column < rest.Length; column++) ((sbyte*)group)[column] = rest[column];
        var sum = 0;
        foreach (var level in levels) sum += level;
        ((int*)zeroPointSums.Pointer)[row] = unchecked(-FixedPoint.ZeroPoint * sum);
        GC.KeepAlive(this);
    }

    /// <summary>Writes out the integers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="levels">Receives them: <c>[columns]</c>.</param>
    public void CopyRow(int row, Span<sbyte> levels)
    {
        CheckRow(row, levels.Length);
        var group = (uint*)FirstElement(row);
        foreach (ref var four in MemoryMarshal.Cast<sbyte, uint>(levels))
        {
            four = *group;
            group += PanelHeight;
        }
        var rest = levels[(levels.Length / GroupWidth * GroupWidth)..];
        for (var column = 0; column < rest.Length; column++) rest[column] = ((sbyte*)group)[column];
        GC.KeepAlive(this);
    }

    /// <summary>Writes out the weights of a row: <c>scale[r] · q[r, c]</c>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">Receives them: <c>[columns]</c>.</param>
    public void Dequantize(int row, Span<float> weights)
    {
        CheckRow(row, weights.Length);
        var scale = scales.Pointer[row];
        var group = FirstElement(row);
        for (var first = 0; first < weights.Length; first += GroupWidth)
        {
            var some = weights.Slice(first, Math.Min(GroupWidth, weights.Length - first));
            for (var column = 0; column < some.Length; column++) some[column] = scale * group[column];
            group += GroupWidth * PanelHeight;
        }
        GC.KeepAlive(this);
    }

    private sbyte* FirstElement(int row) => (sbyte*)values.Pointer + (row / PanelHeight * PanelStep) + (row % PanelHeight * GroupWidth);

    private void CheckRow(int row, int columns)
    {
        if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {Rows} rows.");
        if (columns != Columns) throw new ArgumentException($"The matrix has {Columns} columns; a row of {columns} was given.", nameof(columns));
    }

    private static float Greatest(ReadOnlySpan<float> weights)
    {
        var greatest = 0f;
        foreach (var weight in weights) greatest = MathF.Max(greatest, MathF.Abs(weight));
        return greatest;
    }
}
