using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>A gradient with a value for every weight.</summary>
/// <param name="parameter">The parameter.</param>
internal sealed class DenseGradient(Parameter parameter) : Gradient, IEmbeddingGradient
{
    private readonly float[] values = new float[parameter.Values.Length];
    private readonly int columns = parameter.Columns;

    /// <summary>The values, in the parameter's shape.</summary>
    public MatrixView Matrix => new(values, parameter.Rows, parameter.Columns);

    /// <summary>The values in row-major order.</summary>
    public Span<float> Values => values;

    public override double SumOfSquares(int part, int parts)
    {
        var (start, count) = Partition.Share(values.Length, part, parts);
        return VectorFunctions.SumOfSquares(values.AsSpan(start, count));
    }

    public override void Apply(Optimizer optimizer, int parameter, int part, int parts)
    {
        var (start, count) = Partition.Share(values.Length, part, parts);
        optimizer.Update(parameter, start, values.AsSpan(start, count));
    }

    public override void CopyTo(Span<float> destination) => values.CopyTo(destination);

    public void Begin(ReadOnlySpan<int> ids)
    {
    }

    public void AddRows(ReadOnlySpan<int> ids, MatrixView rows, int part, int parts)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] % parts != part) continue;
            var sum = values.AsSpan(ids[i] * columns, columns);
            VectorFunctions.Add(rows.Row(i), sum, sum);
        }
    }
}
