using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

/// <summary>Random matrices that lie anywhere in a larger array, and a product to hold others against.</summary>
internal static class Matrices
{
    /// <summary>A value that no computation gives, for memory that must not be touched.</summary>
    public const float Untouched = 12345.678f;

    /// <summary>Elements from −1 to 1, at a random offset and stride, plain or transposed.</summary>
    public static MatrixView Random(Random random, int rows, int columns, bool transposed = false)
    {
        if (transposed) return Random(random, columns, rows).Transposed;
        var stride = columns + random.Next(20);
        var offset = random.Next(20);
        var values = new float[offset + (rows * stride) + random.Next(20)];
        Array.Fill(values, Untouched);
        var matrix = new MatrixView(values, offset, rows, columns, stride);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) matrix[row, column] = (float)((2 * random.NextDouble()) - 1);
        return matrix;
    }

    /// <summary>A copy of the whole array the matrix lies in, and the matrix in it.</summary>
    public static MatrixView Copy(MatrixView matrix) => new((float[])matrix.Values.Clone(), matrix.Offset, matrix.Rows, matrix.Columns, matrix.RowStep);

    /// <summary>Fails unless <paramref name="result"/> is <c>(before +) left · right</c> within rounding and nothing around it has changed.</summary>
    public static void AssertProduct(MatrixView left, MatrixView right, MatrixView before, bool accumulate, MatrixView result)
    {
        var leftRows = Doubles(left);
        var rightColumns = Doubles(right.Transposed);
        for (var row = 0; row < result.Rows; row++)
        {
            for (var column = 0; column < result.Columns; column++)
            {
                var sum = accumulate ? before[row, column] : 0.0;
                var magnitude = Math.Abs(sum);
                var (x, y) = (leftRows[row], rightColumns[column]);
                for (var k = 0; k < x.Length; k++)
                {
                    var term = x[k] * y[k];
                    sum += term;
                    magnitude += Math.Abs(term);
                }

                // The error of a sum of n terms is at most n roundings of the sum of their magnitudes.
                var bound = (x.Length + 2) * magnitude * Math.Pow(2, -24);
                if (!(Math.Abs(result[row, column] - sum) <= bound))
                    Assert.Fail($"{left} · {right}: [{row}, {column}] is {result[row, column]:R}; {sum:R} ± {bound:E1} is right.");
            }
        }

        AssertOutsideUntouched(before, result);
    }

    private static double[][] Doubles(MatrixView matrix)
    {
        var rows = new double[matrix.Rows][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new double[matrix.Columns];
            for (var column = 0; column < matrix.Columns; column++) rows[row][column] = matrix[row, column];
        }

        return rows;
    }

    private static void AssertOutsideUntouched(MatrixView before, MatrixView result)
    {
        var inside = new bool[result.Values.Length];
        for (var row = 0; row < result.Rows; row++)
            for (var column = 0; column < result.Columns; column++) inside[result.Offset + (row * result.RowStep) + (column * result.ColumnStep)] = true;
        for (var i = 0; i < inside.Length; i++)
            if (!inside[i] && before.Values[i] != result.Values[i]) Assert.Fail($"Element {i} of the array, outside the {result} matrix, was overwritten.");
    }
}
