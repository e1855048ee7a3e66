using System.Buffers;

namespace RnnLm.Numerics;

/// <summary>Products of 8-bit matrices and vectors of single precision, on the caller's thread.</summary>
/// <remarks>
/// A vector is rounded to 16-bit integers with a scale of its own (<see cref="FixedPoint"/>), multiplied in whole numbers, which is
/// exact, and the sums are scaled. Results may not overlap vectors. Working room is rented from the shared array pool.
/// </remarks>
internal static unsafe class QuantizedProduct
{
    /// <summary><c>result += matrix[firstRow .. firstRow + result.Length] · vector</c>.</summary>
    /// <param name="matrix"><c>[m, k]</c>.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="vector"><c>[k]</c>.</param>
    /// <param name="result"><c>[rows]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void MultiplyAdd(QuantizedPanels matrix, int firstRow, ReadOnlySpan<float> vector, Span<float> result)
    {
        CheckShapes(matrix, firstRow, vector.Length, result.Length);
        var length = 2 * matrix.ColumnPairs;
        var room = ArrayPool<short>.Shared.Rent(length);
        var scale = FixedPoint.Round(vector, room.AsSpan(0, length));
        fixed (short* levels = room)
        fixed (float* first = result)
        {
            RegisterWidth.Run(new Product(matrix, firstRow, result.Length, (uint*)levels, &scale, 1, first, 0));
        }

        ArrayPool<short>.Shared.Return(room);
    }

    /// <summary><c>result += vectors · matrix[firstRow .. firstRow + result.Columns]ᵀ</c>: for each vector the bits that it alone gives.</summary>
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
        var length = 2 * matrix.ColumnPairs;
        var room = ArrayPool<short>.Shared.Rent(vectors.Rows * length);
        var scaleRoom = ArrayPool<float>.Shared.Rent(vectors.Rows);
        for (var i = 0; i < vectors.Rows; i++) scaleRoom[i] = FixedPoint.Round(vectors.Row(i), room.AsSpan(i * length, length));
        fixed (short* levels = room)
        fixed (float* scales = scaleRoom, first = result.Values)
        {
            RegisterWidth.Run(new Product(matrix, firstRow, result.Columns, (uint*)levels, scales, vectors.Rows, first + result.Offset, result.RowStep));
        }

        ArrayPool<float>.Shared.Return(scaleRoom);
        ArrayPool<short>.Shared.Return(room);
    }

    /// <summary>The product for one width of register; each panel is multiplied by all vectors while it is in the cache.</summary>
    internal static void Multiply<TSimd, TVector>(
        QuantizedPanels matrix, int firstRow, int rows, uint* vectors, float* vectorScales, int count, float* result, nint resultStep)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const int Height = QuantizedPanels.PanelHeight;
        var pairs = matrix.ColumnPairs;
        var edge = stackalloc float[Height];
        for (var row = firstRow; row < firstRow + rows;)
        {
            var place = row % Height;
            var height = Math.Min(Height - place, firstRow + rows - row);
            var panel = matrix.Values + (row / Height * matrix.PanelStep);
            var scales = matrix.ScalesPointer + (row - place);
            var target = result + (row - firstRow);
            var vector = 0;
            if (height == Height)
            {
                for (; vector <= count - 4; vector += 4)
                {
                    QuantizedLoops<TSimd, TVector>.MultiplyFour(
                        panel, scales, vectors + ((nint)vector * pairs), vectorScales + vector, pairs, target + (vector * resultStep), resultStep);
                }
            }

            for (; vector < count; vector++)
            {
                var some = new Span<float>(target + (vector * resultStep), height);
                if (height < Height) some.CopyTo(new Span<float>(edge + place, height));
                QuantizedLoops<TSimd, TVector>.Multiply(
                    panel, scales, vectors + ((nint)vector * pairs), vectorScales[vector], pairs, height < Height ? edge : target + (vector * resultStep));
                if (height < Height) new Span<float>(edge + place, height).CopyTo(some);
            }

            row += height;
        }

        GC.KeepAlive(matrix);
    }

    private static void CheckShapes(QuantizedPanels matrix, int firstRow, int columns, int rows)
    {
        if (columns != matrix.Columns)
            throw new ArgumentException($"A {matrix.Rows}×{matrix.Columns} matrix cannot be multiplied by a vector of {columns} elements.", nameof(columns));
        if (firstRow < 0 || rows < 0 || firstRow > matrix.Rows - rows)
            throw new ArgumentException($"{rows} rows from {firstRow} on were asked for; the matrix has {matrix.Rows}.", nameof(firstRow));
    }

    private readonly struct Product(
        QuantizedPanels matrix, int firstRow, int rows, uint* vectors, float* vectorScales, int count, float* result, nint resultStep) : IKernel
    {
        void IKernel.Run<TSimd, TVector>()
            => Multiply<TSimd, TVector>(matrix, firstRow, rows, vectors, vectorScales, count, result, resultStep);
    }
}
