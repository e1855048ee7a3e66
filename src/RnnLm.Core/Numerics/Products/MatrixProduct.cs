namespace RnnLm.Numerics;

/// <summary>Products of single-precision matrices.</summary>
/// <remarks>
/// Every element of a result is summed in the same order whatever the number of threads, the position of the element or the
/// part of the result that is asked for, so a result is the same bit for bit.
/// Results may not overlap operands. Calls that share neither a result nor a <see cref="Workers"/> may run at the same time.
/// </remarks>
internal static unsafe class MatrixProduct
{
    // A product smaller than this many multiply-adds is done before another thread would have noticed it.
    private const long WorthSharing = 1 << 18;

    [ThreadStatic]
    private static AlignedBuffer? packedRight;

    /// <summary><c>result (+)= left · right</c>.</summary>
    /// <param name="left"><c>[m, k]</c>, plain or transposed.</param>
    /// <param name="right"><c>[k, n]</c>, plain or transposed.</param>
    /// <param name="result"><c>[m, n]</c>, plain or transposed.</param>
    /// <param name="accumulate">Whether the product is added to what <paramref name="result"/> holds.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Multiply(MatrixView left, MatrixView right, MatrixView result, bool accumulate, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        CheckShapes(left, right.Rows, right.Columns, result);
        if (!result.IsRowMajor)
        {
            (left, right) = (right.Transposed, left.Transposed);
            result = result.Transposed;
        }

        var length = checked((int)PackedMatrix.Length(right.Rows, right.Columns));
        if (packedRight is null || packedRight.Length < length) packedRight = new AlignedBuffer(length);
        var packed = packedRight.Pointer;
        fixed (float* rightValues = right.Values)
        {
            PanelPacking.Pack(
                rightValues + right.Offset, right.RowStep, right.ColumnStep, right.Rows, right.Columns, 0, right.Columns, packed, workers);
        }

        Multiply(left, packed, right.Columns, 0, result, accumulate, workers);
    }

    /// <summary><c>result (+)= left · right</c> with a right operand that is packed already.</summary>
    /// <param name="left"><c>[m, k]</c>, plain or transposed.</param>
    /// <param name="right"><c>[k, n]</c>.</param>
    /// <param name="result"><c>[m, n]</c>, not transposed.</param>
    /// <param name="accumulate">Whether the product is added to what <paramref name="result"/> holds.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the result is a transposed view.</exception>
    public static void Multiply(MatrixView left, PackedMatrix right, MatrixView result, bool accumulate, Workers workers)
    {
        CheckShapes(left, right.Rows, right.Columns, result);
        MultiplyColumns(left, right, 0, result, accumulate, workers);
    }

    /// <summary>
    /// Some columns of a product: <c>result (+)= left · right[:, firstColumn .. firstColumn + result.Columns]</c>.
    /// With <see cref="Workers.Single"/> a thread that owns these columns calls it from within its part of a run.
    /// </summary>
    /// <param name="left"><c>[m, k]</c>, plain or transposed.</param>
    /// <param name="right"><c>[k, n]</c>.</param>
    /// <param name="firstColumn">The first column of <paramref name="right"/>: a multiple of <see cref="PackedMatrix.PanelWidth"/>.</param>
    /// <param name="result"><c>[m, columns]</c>, not transposed; it has as many columns as are asked for.</param>
    /// <param name="accumulate">Whether the product is added to what <paramref name="result"/> holds.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the result is a transposed view.</exception>
    public static void MultiplyColumns(MatrixView left, PackedMatrix right, int firstColumn, MatrixView result, bool accumulate, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (firstColumn < 0 || firstColumn % PackedMatrix.PanelWidth != 0 || firstColumn > right.Columns - result.Columns)
        {
            throw new ArgumentException(
                $"Columns {firstColumn} to {firstColumn + result.Columns} of {right.Columns} were asked for; they must exist and begin at a multiple of {PackedMatrix.PanelWidth}.",
                nameof(firstColumn));
        }

        CheckShapes(left, right.Rows, result.Columns, result);
        if (!result.IsRowMajor)
            throw new ArgumentException("The result of a product with a packed matrix cannot be a transposed view.", nameof(result));
        Multiply(left, right.Values, right.Columns, firstColumn, result, accumulate, workers);
        GC.KeepAlive(right);
    }

    /// <summary>
    /// <c>result += vector · right</c>, with the bits that the vector's row has in a product of many. It is bound by reading the matrix, so
    /// the <see cref="HelperThreads"/> help with a large one.
    /// </summary>
    /// <param name="vector"><c>[k]</c>.</param>
    /// <param name="right"><c>[k, n]</c>.</param>
    /// <param name="result"><c>[n]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void MultiplyAddVector(ReadOnlySpan<float> vector, PackedMatrix right, Span<float> result)
    {
        if (vector.Length != right.Rows)
            throw new ArgumentException($"A vector of {vector.Length} elements cannot be multiplied by a matrix of {right.Rows}×{right.Columns}.", nameof(vector));
        if (result.Length != right.Columns)
            throw new ArgumentException($"The product of a vector and a matrix of {right.Rows}×{right.Columns} has {right.Columns} elements; the result given has {result.Length}.", nameof(result));

        fixed (float* vectorValues = vector, resultValues = result)
        {
            var product = new PackedVectorProduct
            {
                Vector = vectorValues,
                Matrix = right.Values,
                Depth = right.Rows,
                Columns = right.Columns,
                Result = resultValues,
                Parts = HelperThreads.PartsOfVector((long)right.Rows * right.Columns),
            };
            HelperThreads.Run(product.Parts, &RegisterWidth.RunPart<PackedVectorProduct>, &product);
        }

        GC.KeepAlive(right);
    }

    /// <summary>
    /// <c>result (+)= matrix · vector</c>, bound by reading the matrix. Where there is a packed transpose of the matrix,
    /// <see cref="MultiplyAddVector"/> is faster still.
    /// </summary>
    /// <param name="matrix"><c>[m, k]</c>, not transposed.</param>
    /// <param name="vector"><c>[k]</c>.</param>
    /// <param name="result"><c>[m]</c>.</param>
    /// <param name="accumulate">Whether the product is added to what <paramref name="result"/> holds.</param>
    /// <param name="workers">The threads that share the rows.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the matrix is a transposed view.</exception>
    public static void MultiplyVector(MatrixView matrix, ReadOnlySpan<float> vector, Span<float> result, bool accumulate, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (!matrix.IsRowMajor) throw new ArgumentException("A transposed view cannot be multiplied by a vector; multiply by its packed matrix.", nameof(matrix));
        if (vector.Length != matrix.Columns)
            throw new ArgumentException($"A {matrix} matrix cannot be multiplied by a vector of {vector.Length} elements.", nameof(vector));
        if (result.Length != matrix.Rows)
            throw new ArgumentException($"The product of a {matrix} matrix and a vector has {matrix.Rows} elements; the result given has {result.Length}.", nameof(result));

        fixed (float* matrixValues = matrix.Values, vectorValues = vector, resultValues = result)
        {
            var product = new VectorProduct
            {
                Matrix = matrixValues + matrix.Offset,
                RowStep = matrix.RowStep,
                Rows = matrix.Rows,
                Columns = matrix.Columns,
                Vector = vectorValues,
                Result = resultValues,
                Accumulate = accumulate,
                Parts = (long)matrix.Rows * matrix.Columns < WorthSharing ? 1 : workers.Count,
            };
            workers.Run(product.Parts, &RegisterWidth.RunPart<VectorProduct>, &product);
        }
    }

    private static void Multiply(
        MatrixView left, float* packedRight, int packedColumns, int firstColumn, MatrixView result, bool accumulate, Workers workers)
    {
        if (result.Rows == 0 || result.Columns == 0) return;
        fixed (float* leftValues = left.Values, resultValues = result.Values)
        {
            var product = new BlockedProduct
            {
                Left = leftValues + left.Offset,
                LeftRowStep = left.RowStep,
                LeftStep = left.ColumnStep,
                Right = packedRight,
                PackedColumns = packedColumns,
                FirstColumn = firstColumn,
                Result = resultValues + result.Offset,
                ResultStep = result.RowStep,
                Rows = result.Rows,
                Columns = result.Columns,
                Depth = left.Columns,
                Accumulate = accumulate,
                Parts = (long)result.Rows * result.Columns * left.Columns < WorthSharing ? 1 : workers.Count,
            };
            workers.Run(product.Parts, &RegisterWidth.RunPart<BlockedProduct>, &product);
        }
    }

    private static void CheckShapes(MatrixView left, int rightRows, int rightColumns, MatrixView result)
    {
        if (left.Columns != rightRows)
            throw new ArgumentException($"A {left} matrix cannot be multiplied by one of {rightRows}×{rightColumns}: the left one's columns and the right one's rows must be as many.", nameof(left));
        if (result.Rows != left.Rows || result.Columns != rightColumns)
            throw new ArgumentException($"The product of {left} and {rightRows}×{rightColumns} has the shape {left.Rows}×{rightColumns}; the result given has {result}.", nameof(result));
    }
}
