using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// A matrix of weights ready to run, <c>[rows, columns]</c>, whatever form its numbers are held in. It is immutable and may be used by any
/// number of threads at once.
/// </summary>
internal abstract class WeightMatrix(int rows, int columns)
{
    /// <summary>The number of rows; each makes one output.</summary>
    public int Rows { get; } = rows;

    /// <summary>The number of columns: the length of the vectors it multiplies.</summary>
    public int Columns { get; } = columns;

    /// <summary>Some of the rows, as a matrix of their own.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    public abstract WeightMatrix RowRange(int first, int count);

    /// <summary>Writes out one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">Receives it: <c>[columns]</c>.</param>
    public abstract void CopyRow(int row, Span<float> destination);

    /// <summary><c>result += W x</c>.</summary>
    /// <param name="vector">The vector <c>x</c>: <c>[columns]</c>.</param>
    /// <param name="result">What is added to: <c>[rows]</c>.</param>
    public abstract void MultiplyAdd(ReadOnlySpan<float> vector, Span<float> result);

    /// <summary>Any number of vectors: <c>result += X Wᵀ</c>.</summary>
    /// <param name="vectors">The vectors, one to a row: <c>[n, columns]</c>.</param>
    /// <param name="result">What is added to: <c>[n, rows]</c>.</param>
    public void MultiplyAdd(MatrixView vectors, MatrixView result)
    {
        // A product of one vector is bound by reading the matrix, and has its own way to do that, to the same bits.
        if (vectors.Rows == 1) MultiplyAdd(vectors.Row(0), result.Row(0));
        else MultiplyAddMany(vectors, result);
    }

    /// <inheritdoc cref="MultiplyAdd(MatrixView, MatrixView)"/>
    protected abstract void MultiplyAddMany(MatrixView vectors, MatrixView result);
}
