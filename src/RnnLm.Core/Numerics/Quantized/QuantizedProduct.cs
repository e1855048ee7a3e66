using System.Buffers;

namespace RnnLm.Numerics;

/// <summary>Products of 8-bit matrices and vectors of single precision.</summary>
/// <remarks>
/// A vector is rounded to 7-bit integers with a scale of its own (<see cref="FixedPoint"/>), multiplied in whole numbers, which is
/// exact, and the sums are scaled. Results may not overlap vectors. Working room is rented from the shared array pool.
/// </remarks>
internal static unsafe class QuantizedProduct
{
    /// <summary>
    /// <c>result += matrix[firstRow .. firstRow + result.Length] · vector</c>. The <see cref="HelperThreads"/> help with a large matrix.
    /// </summary>
    /// <param name="matrix"><c>[m, k]</c>.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="vector"><c>[k]</c>.</param>
    /// <param name="result"><c>[rows]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void MultiplyAdd(QuantizedPanels matrix, int firstRow, ReadOnlySpan<float> vector, Span<float> result)
    {
        CheckShapes(matrix, firstRow, vector.Length, result.Length);
        var room = ArrayPool<byte>.Shared.Rent(matrix.PaddedColumns);
        var scale = FixedPoint.Round(vector, room.AsSpan(0, matrix.PaddedColumns));
        fixed (byte* levels = room)
        fixed (float* first = result)
        {
            Multiply(matrix, firstRow, result.Length, levels, &scale, 1, first, 0, HelperThreads.PartsOfVector(result.Length * (long)matrix.Columns));
        }

        ArrayPool<byte>.Shared.Return(room);
    }

    /// <summary>
    /// <c>result += vectors · matrix[firstRow .. firstRow + result.Columns]ᵀ</c>, on the caller's thread: for each vector the bits that it alone gives.
    /// </summary>
    /// <param name="matrix"><c>[m, k]</c>.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="vectors"><c>[n, k]</c>, not transposed.</param>
    /// <param name="result"><c>[n, rows]</c>, not transposed.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void MultiplyAdd(QuantizedPanels matrix, int firstRow, MatrixView vectors, MatrixView result)
    {
        CheckShapes(matrix, firstRow, vectors.Columns, result.Columns);
        if (!result.IsRowMajor || result.Rows != vectors.Rows)
            throw new ArgumentException($"The result of {vectors.Rows} vectors must have as many rows and not be transposed; it is {result}.", nameof(result));
        var length = matrix.PaddedColumns;
        var room = ArrayPool<byte>.Shared.Rent(vectors.Rows * length);
        var scaleRoom = ArrayPool<float>.Shared.Rent(vectors.Rows);
        for (var i = 0; i < vectors.Rows; i++) scaleRoom[i] = FixedPoint.Round(vectors.Row(i), room.AsSpan(i * length, length));
        fixed (byte* levels = room)
        fixed (float* scales = scaleRoom, first = result.Values)
        {
            Multiply(matrix, firstRow, result.Columns, levels, scales, vectors.Rows, first + result.Offset, result.RowStep, 1);
        }

        ArrayPool<float>.Shared.Return(scaleRoom);
        ArrayPool<byte>.Shared.Return(room);
    }

    private static void Multiply(
        QuantizedPanels matrix, int firstRow, int rows, byte* vectors, float* vectorScales, int count, float* result, nint resultStep, int parts)
    {
        var product = new QuantizedVectorsProduct
        {
            FirstPanel = matrix.FirstPanel,
            Groups = matrix.Groups,
            FirstRow = firstRow,
            Rows = rows,
            Vectors = (uint*)vectors,
            VectorScales = vectorScales,
            Count = count,
            Result = result,
            ResultStep = resultStep,
            Parts = parts,
        };
        HelperThreads.Run(parts, &RegisterWidth.RunPart<QuantizedVectorsProduct>, &product);
        GC.KeepAlive(matrix);
    }

    private static void CheckShapes(QuantizedPanels matrix, int firstRow, int columns, int rows)
    {
        if (columns != matrix.Columns)
            throw new ArgumentException($"A {matrix.Rows}×{matrix.Columns} matrix cannot be multiplied by a vector of {columns} elements.", nameof(columns));
        if (firstRow < 0 || rows < 0 || firstRow > matrix.Rows - rows)
            throw new ArgumentException($"{rows} rows from {firstRow} on were asked for; the matrix has {matrix.Rows}.", nameof(firstRow));
    }
}
