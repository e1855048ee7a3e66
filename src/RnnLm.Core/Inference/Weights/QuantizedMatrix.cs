using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// A matrix of 8-bit weights with a scale for each row, or some rows of one. A vector is rounded to 7-bit integers with a scale of its
/// own (<see cref="FixedPoint"/>) and multiplied in whole numbers, exactly.
/// </summary>
internal sealed class QuantizedMatrix : WeightMatrix
{
    private readonly QuantizedPanels panels;
    private readonly int firstRow;

    /// <summary>The whole of a matrix.</summary>
    public QuantizedMatrix(QuantizedPanels panels)
        : this(panels, 0, panels.Rows)
    {
    }

    private QuantizedMatrix(QuantizedPanels panels, int firstRow, int rows)
        : base(rows, panels.Columns)
    {
        this.panels = panels;
        this.firstRow = firstRow;
    }

    public override WeightMatrix RowRange(int first, int count)
    {
        if (first < 0 || count < 0 || first > Rows - count)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"{count} rows from {first} on were asked for; the matrix has {Rows}.");
        return new QuantizedMatrix(panels, firstRow + first, count);
    }

    public override void CopyRow(int row, Span<float> destination) => panels.Dequantize(firstRow + row, destination);

    public override void MultiplyAdd(ReadOnlySpan<float> vector, Span<float> result) => QuantizedProduct.MultiplyAdd(panels, firstRow, vector, result);

    protected override void MultiplyAddMany(MatrixView vectors, MatrixView result)
        => QuantizedProduct.MultiplyAdd(panels, firstRow, vectors, result);
}
