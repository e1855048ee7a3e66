using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>A matrix of weights that change between two words: it is multiplied as it lies there, since laying it out anew would take longer.</summary>
/// <param name="values">The weights: <c>[rows, columns]</c>.</param>
internal sealed class LiveMatrix(MatrixView values) : WeightMatrix(values.Rows, values.Columns)
{
    public override WeightMatrix RowRange(int first, int count) => new LiveMatrix(values.RowRange(first, count));

    public override void CopyRow(int row, Span<float> destination) => values.Row(row).CopyTo(destination);

    public override void MultiplyAdd(ReadOnlySpan<float> vector, Span<float> result)
        => MatrixProduct.MultiplyVector(values, vector, result, accumulate: true, Workers.Single);

    protected override void MultiplyAddMany(MatrixView vectors, MatrixView result)
    {
        for (var row = 0; row < vectors.Rows; row++) MultiplyAdd(vectors.Row(row), result.Row(row));
    }
}
