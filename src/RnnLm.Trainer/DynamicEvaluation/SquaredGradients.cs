using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Sums the squares of one tensor's gradients by row and by column.</summary>
/// <param name="parameter">The tensor.</param>
/// <param name="gradient">Its gradient.</param>
/// <param name="parts">The number of threads that take part.</param>
internal sealed class SquaredGradients(NetworkParameter parameter, Gradient gradient, int parts)
{
    private readonly double[] rows = new double[parameter.Rows];
    private readonly double[] columns = new double[parameter.Columns];
    private readonly float[][] columnsOfParts = [.. Enumerable.Range(0, parts).Select(_ => new float[parameter.Columns])];
    private long windows;

    /// <summary>Adds one part's share of the gradients of a window.</summary>
    public void Add(int part)
    {
        var ofPart = columnsOfParts[part];
        if (gradient is RowGradient some)
        {
            for (var slot = part; slot < some.Count; slot += parts) Add(some.WordOf(slot), some.RowOf(slot), ofPart);
        }
        else
        {
            var matrix = ((DenseGradient)gradient).Matrix;
            var (start, count) = Partition.Share(matrix.Rows, part, parts);
            for (var row = start; row < start + count; row++) Add(row, matrix.Row(row), ofPart);
        }
    }

    /// <summary>Ends a window.</summary>
    public void EndWindow()
    {
        windows++;
        foreach (var ofPart in columnsOfParts)
        {
            for (var column = 0; column < columns.Length; column++) columns[column] += ofPart[column];
            ofPart.AsSpan().Clear();
        }
    }

    /// <summary>The scales: the root of the mean of the squares, as a factor for each row and one for each column.</summary>
    public TensorScales ToScales()
    {
        var mean = rows.Sum() / columns.Length; // of the columns' sums
        return new TensorScales(
            parameter.Name,
            Array.ConvertAll(rows, sum => (float)Math.Sqrt(sum / ((double)windows * columns.Length))),
            Array.ConvertAll(columns, sum => columns.Length == 1 || mean == 0 ? 1 : (float)Math.Sqrt(sum / mean)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int row, ReadOnlySpan<float> gradients, Span<float> columns)
    {
        rows[row] += VectorFunctions.SumOfSquares(gradients);
        for (var i = 0; i < gradients.Length; i += SpanVectors.Count)
        {
            var g = SpanVectors.Load(gradients, i);
            SpanVectors.Store(SpanVectors.Load(columns, i) + (g * g), columns, i);
        }
    }
}
