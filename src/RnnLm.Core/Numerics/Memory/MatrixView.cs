namespace RnnLm.Numerics;

/// <summary>A row-major matrix, or the transpose of one, inside an array. A view copies nothing.</summary>
internal readonly struct MatrixView
{
    /// <summary>A view of <paramref name="rows"/> rows that begin <paramref name="stride"/> elements apart.</summary>
    /// <exception cref="ArgumentException">The matrix does not lie inside the array, or its rows overlap.</exception>
    public MatrixView(float[] values, int offset, int rows, int columns, int stride)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (stride < columns)
            throw new ArgumentException($"Rows of {columns} columns that begin {stride} elements apart overlap; the stride must be at least {columns}.", nameof(stride));

        var length = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * stride) + columns;
        if (offset + length > values.Length)
        {
            throw new ArgumentException(
                $"A {rows}×{columns} matrix with stride {stride} at offset {offset} needs an array of {offset + length} elements; this one has {values.Length}.",
                nameof(values));
        }

        Values = values;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        RowStep = stride;
        ColumnStep = 1;
    }

    /// <summary>A view of a matrix whose rows follow each other without a gap, from the array's first element.</summary>
    /// <exception cref="ArgumentException">The array is too short.</exception>
    public MatrixView(float[] values, int rows, int columns)
        : this(values, 0, rows, columns, columns)
    {
    }

    private MatrixView(float[] values, int offset, int rows, int columns, int rowStep, int columnStep)
    {
        Values = values;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        RowStep = rowStep;
        ColumnStep = columnStep;
    }

    /// <summary>The array the matrix lies in.</summary>
    public float[] Values { get; }

    /// <summary>The index of the first element of the matrix in <see cref="Values"/>.</summary>
    public int Offset { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance in <see cref="Values"/> from an element to the one below it.</summary>
    public int RowStep { get; }

    /// <summary>The distance in <see cref="Values"/> from an element to the one on its right: 1, unless the view is a transpose.</summary>
    public int ColumnStep { get; }

    /// <summary>Whether the elements of a row lie side by side in memory.</summary>
    public bool IsRowMajor => ColumnStep == 1;

    /// <summary>The transpose of this matrix, over the same elements.</summary>
    public MatrixView Transposed => new(Values, Offset, Columns, Rows, ColumnStep, RowStep);

    /// <summary>All elements, row after row.</summary>
    /// <exception cref="InvalidOperationException">They do not lie side by side.</exception>
    public Span<float> Elements
    {
        get
        {
            if (!IsRowMajor || RowStep != Columns) throw new InvalidOperationException("Only a matrix whose rows follow each other without a gap can be had as one span.");
            return Values.AsSpan(Offset, Rows * Columns);
        }
    }

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public ref float this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {Rows} rows.");
            if ((uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(column), column, $"The matrix has {Columns} columns.");
            return ref Values[Offset + (row * RowStep) + (column * ColumnStep)];
        }
    }

    /// <summary>
    /// A matrix of zeros in an array of its own, which does not move. The first row begins on a cache line, and so does every one
    /// whose length in bytes is a multiple of a line's.
    /// </summary>
    /// <exception cref="OverflowException">It is larger than an array can be.</exception>
    public static MatrixView Zeros(int rows, int columns)
    {
        var (values, offset) = HugePages.NewAlignedArray(checked(rows * columns));
        return new(values, offset, rows, columns, columns);
    }

    /// <summary>The rows from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not have these rows.</exception>
    public MatrixView RowRange(int start, int count)
    {
        CheckRange(start, count, Rows, "rows");
        return new(Values, count == 0 ? Offset : Offset + (start * RowStep), count, Columns, RowStep, ColumnStep);
    }

    /// <summary>The columns from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not have these columns.</exception>
    public MatrixView ColumnRange(int start, int count)
    {
        CheckRange(start, count, Columns, "columns");
        return new(Values, count == 0 ? Offset : Offset + (start * ColumnStep), Rows, count, RowStep, ColumnStep);
    }

    /// <summary>The elements of one row, which must lie side by side.</summary>
    /// <exception cref="InvalidOperationException">The view is a transpose, so its rows are scattered.</exception>
    public Span<float> Row(int row)
    {
        if (!IsRowMajor) throw new InvalidOperationException("The rows of a transposed view are scattered in memory and cannot be had as a span.");
        if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {Rows} rows.");
        return Values.AsSpan(Offset + (row * RowStep), Columns);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Columns}{(IsRowMajor ? "" : " transposed")}";

    private static void CheckRange(int start, int count, int available, string what)
    {
        if (start < 0 || count < 0 || start > available - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"{count} {what} from {start} on were asked for; the matrix has {available}.");
    }
}
