using System.Runtime.InteropServices;

namespace RnnLm.Numerics;

/// <summary>
/// A matrix of 8-bit integers with a scale for each row, <c>w[r, c] = scale[r] · q[r, c]</c>, laid out in the order in which a product
/// reads it: panels of <see cref="PanelHeight"/> rows, each panel two columns at a time.
/// </summary>
/// <remarks>
/// <para>A panel is <c>[columns / 2, rows, 2]</c>: a register of bytes, widened to 16 bits, has two neighbours of each of several rows,
/// which one instruction multiplies by the two elements of a vector and adds. So every lane of a sum belongs to one row, and nothing
/// has to be added up across lanes. What lies beyond the matrix is zero.</para>
/// <para>Any number of threads may multiply by it at once, but not while rows are being set.</para>
/// </remarks>
internal sealed unsafe class QuantizedPanels
{
    /// <summary>The number of rows of a panel.</summary>
    public const int PanelHeight = 64;

    /// <summary>The greatest magnitude of a quantised weight. The range is symmetric, so zero is exact and −128 is not used.</summary>
    public const int GreatestLevel = 127;

    private readonly AlignedBuffer values;
    private readonly AlignedBuffer scales;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public QuantizedPanels(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        ColumnPairs = (columns + 1) / 2;
        var panels = (rows + PanelHeight - 1) / PanelHeight;
        values = new AlignedBuffer(checked((int)((long)panels * PanelStep / sizeof(float))));
        scales = new AlignedBuffer(panels * PanelHeight);
    }

    /// <summary>The number of rows; each makes one output.</summary>
    public int Rows { get; }

    /// <summary>The number of columns: the length of the vectors it multiplies.</summary>
    public int Columns { get; }

    /// <summary>Half the number of columns, rounded up.</summary>
    public int ColumnPairs { get; }

    /// <summary>The scale of every row: <c>[rows]</c>.</summary>
    public Span<float> Scales => new(scales.Pointer, Rows);

    /// <summary>Bytes from one panel to the next.</summary>
    internal nint PanelStep => (nint)ColumnPairs * 2 * PanelHeight;

    // The buffers do not move, and live as long as this object: a caller keeps the object alive while it uses the pointers.
    internal sbyte* Values => (sbyte*)values.Pointer;

    /// <summary>The scale of every row, and of as many rows more as fill the last panel.</summary>
    internal float* ScalesPointer => scales.Pointer;

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
        for (var column = 0; column < weights.Length; column++)
            *Element(row, column) = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(weights[column] / scale), -GreatestLevel, GreatestLevel);
        GC.KeepAlive(this);
    }

    /// <summary>Sets the integers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="levels">The integers: <c>[columns]</c>.</param>
    public void SetRow(int row, ReadOnlySpan<sbyte> levels)
    {
        CheckRow(row, levels.Length);
        var pair = (short*)Element(row, 0);
        foreach (var two in MemoryMarshal.Cast<sbyte, short>(levels))
        {
            *pair = two;
            pair += PanelHeight;
        }
        if (levels.Length % 2 == 1) *(sbyte*)pair = levels[^1];
        GC.KeepAlive(this);
    }

    /// <summary>Writes out the integers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="levels">Receives them: <c>[columns]</c>.</param>
    public void CopyRow(int row, Span<sbyte> levels)
    {
        CheckRow(row, levels.Length);
        var pair = (short*)Element(row, 0);
        foreach (ref var two in MemoryMarshal.Cast<sbyte, short>(levels))
        {
            two = *pair;
            pair += PanelHeight;
        }
        if (levels.Length % 2 == 1) levels[^1] = *(sbyte*)pair;
        GC.KeepAlive(this);
    }

    /// <summary>Writes out the weights of a row: <c>scale[r] · q[r, c]</c>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">Receives them: <c>[columns]</c>.</param>
    public void Dequantize(int row, Span<float> weights)
    {
        CheckRow(row, weights.Length);
        var scale = scales.Pointer[row];
        var pair = Element(row, 0);
        for (var column = 0; column < weights.Length; column += 2)
        {
            weights[column] = scale * pair[0];
            if (column + 1 < weights.Length) weights[column + 1] = scale * pair[1];
            pair += 2 * PanelHeight;
        }
        GC.KeepAlive(this);
    }

    private sbyte* Element(int row, int column)
        => Values + (row / PanelHeight * PanelStep) + (((nint)(column / 2) * PanelHeight) + (row % PanelHeight)) * 2 + (column % 2);

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
