using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// A matrix of 32-bit floating-point weights. It is laid out anew for products when the first of these is asked for: that takes as much
/// memory again, and for the first product about as long as some thirty others.
/// </summary>
internal sealed class SinglePrecisionMatrix(MatrixView values) : WeightMatrix(values.Rows, values.Columns)
{
    private readonly Lazy<PackedMatrix> packed = new(() =>
    {
        var transposed = new PackedMatrix(values.Columns, values.Rows);
        transposed.Pack(values.Transposed);
        return transposed;
    });

    public override WeightMatrix RowRange(int first, int count) => new SinglePrecisionMatrix(values.RowRange(first, count));

    public override void CopyRow(int row, Span<float> destination) => values.Row(row).CopyTo(destination);

    public override void MultiplyAdd(ReadOnlySpan<float> vector, Span<float> result)
        => MatrixProduct.MultiplyAddVector(vector, packed.Value, result);

    protected override void MultiplyAddMany(MatrixView vectors, MatrixView result)
        => MatrixProduct.MultiplyColumns(vectors, packed.Value, 0, result, accumulate: true, Workers.Single);
}
