namespace RnnLm.Numerics;

/// <summary>
/// The right operand of a matrix product, laid out in the order in which the product reads it: panels of
/// <see cref="PanelWidth"/> columns, each panel row after row. Pack once after every change of the weights, multiply many times.
/// </summary>
/// <remarks>Any number of threads may multiply by a packed matrix at once, but not while it is being packed.</remarks>
internal sealed unsafe class PackedMatrix
{
    /// <summary>The number of columns of a panel. Column ranges of a product begin at its multiples.</summary>
    public const int PanelWidth = 32;

    // The last panel is cut to a multiple of this many columns; what lies beyond the matrix is zero.
    private const int ColumnGranularity = 16;

    private readonly AlignedBuffer values;

    /// <summary>A packed matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public PackedMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        values = new AlignedBuffer(checked((int)Length(rows, columns)));
    }

    /// <summary>The number of rows: the length of the sums a product forms.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns: those of the result.</summary>
    public int Columns { get; }

    /// <summary>The number of panels.</summary>
    public int Panels => (Columns + PanelWidth - 1) / PanelWidth;

    // The buffer does not move, and lives as long as this object: a caller keeps the object alive while it uses the pointer.
    internal float* Values => values.Pointer;

    /// <summary>Makes it a matrix of another number of rows; what it held is lost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for so many rows, or their number is negative.</exception>
    public void Resize(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length(rows, Columns), values.Length, nameof(rows));
        Rows = rows;
    }

    /// <summary>Lays out the whole of <paramref name="source"/>, which has this matrix's shape.</summary>
    /// <param name="source"><c>[rows, columns]</c>, plain or transposed.</param>
    /// <param name="workers">The threads that share the work; the caller's alone by default.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Pack(MatrixView source, Workers? workers = null)
    {
        if (source.Columns != Columns)
            throw new ArgumentException($"A {source} matrix cannot be packed into one of {Rows}×{Columns}.", nameof(source));
        PackColumns(source, 0, workers);
    }

    /// <summary>
    /// Lays out <paramref name="source"/> as the columns from <paramref name="firstColumn"/> on; the other columns stay as they are.
    /// A matrix may so be put together from blocks, in any order of columns.
    /// </summary>
    /// <param name="source"><c>[rows, any number of columns]</c>, plain or transposed.</param>
    /// <param name="firstColumn">Where its first column goes.</param>
    /// <param name="workers">The threads that share the work; the caller's alone by default.</param>
    /// <exception cref="ArgumentException">The block does not fit.</exception>
    public void PackColumns(MatrixView source, int firstColumn, Workers? workers = null)
    {
        if (source.Rows != Rows || firstColumn < 0 || firstColumn > Columns - source.Columns)
            throw new ArgumentException($"A {source} matrix does not fit into one of {Rows}×{Columns} at column {firstColumn}.", nameof(source));
        fixed (float* first = source.Values)
        {
            PanelPacking.Pack(first + source.Offset, source.RowStep, source.ColumnStep, Rows, Columns, firstColumn, source.Columns, Values, workers ?? Workers.Single);
        }

        GC.KeepAlive(this);
    }

    // The number of elements of a packed matrix.
    internal static long Length(int rows, int columns) => (long)rows * ((columns + ColumnGranularity - 1) / ColumnGranularity * ColumnGranularity);

    // The number of columns stored for the panel that begins at this column.
    internal static int PanelStep(int columns, int firstColumn)
        => Math.Min(PanelWidth, (columns - firstColumn + ColumnGranularity - 1) / ColumnGranularity * ColumnGranularity);
}
