using System.Runtime.InteropServices;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Persistence;

/// <summary>The integers of a quantised matrix, row after row: <c>[rows, columns]</c>.</summary>
internal sealed class LevelsTensor(QuantizedParameter matrix) : WeightTensor(
    WeightDescription.OfLevels(matrix.Name, matrix.Panels.Rows, matrix.Panels.Columns))
{
    private delegate void RowHandler(int row, Span<sbyte> levels);

    private QuantizedPanels Panels => matrix.Panels;

    public override void Write(PieceHandler handle) => ForEachPiece(Panels.CopyRow, handle, static (_, _) => { });

    public override void Read(PieceHandler fill) => ForEachPiece(static (_, _) => { }, fill, (row, levels) => Panels.SetRow(row, levels));

    private void ForEachPiece(RowHandler before, PieceHandler handle, RowHandler after)
    {
        var columns = Panels.Columns;
        var rowsInPiece = Math.Clamp(PieceLength / columns, 1, Panels.Rows);
        // piece: [rows, columns]
        var piece = new sbyte[rowsInPiece * columns];
        for (var start = 0; start < Panels.Rows; start += rowsInPiece)
        {
            var rows = Math.Min(rowsInPiece, Panels.Rows - start);
            for (var row = 0; row < rows; row++) before(start + row, piece.AsSpan(row * columns, columns));
            handle(MemoryMarshal.AsBytes(piece.AsSpan(0, rows * columns)));
            for (var row = 0; row < rows; row++) after(start + row, piece.AsSpan(row * columns, columns));
        }
    }
}
