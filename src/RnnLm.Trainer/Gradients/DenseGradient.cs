using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>A gradient with a value for every weight.</summary>
/// <param name="parameter">The parameter.</param>
internal sealed class DenseGradient(NetworkParameter parameter) : Gradient, IEmbeddingGradient
{
    /// <summary>The values, in the parameter's shape.</summary>
    public MatrixView Matrix { get; } = MatrixView.Zeros(parameter.Rows, parameter.Columns);

    /// <summary>The values in row-major order.</summary>
    public Span<float> Values => Matrix.Elements;

    public override double SumOfSquares(int part, int parts)
    {
        var (start, count) = Partition.Share(Values.Length, part, parts);
        return VectorFunctions.SumOfSquares(Values.Slice(start, count));
    }

    public override void Apply(WeightUpdate update, int parameter, int part, int parts)
    {
        var (start, count) = Partition.Share(Values.Length, part, parts);
        update.Apply(parameter, start, Values.Slice(start, count));
    }

    public override void CopyTo(Span<float> destination) => Values.CopyTo(destination);

    public void MakeUp(ReadOnlySpan<int> ids, int part, int parts)
    {
    }

    public void Begin(ReadOnlySpan<int> ids)
    {
    }

    public void AddRows(ReadOnlySpan<int> ids, MatrixView rows, int part, int parts)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] % parts != part) continue;
            var sum = Matrix.Row(ids[i]);
            VectorFunctions.Add(rows.Row(i), sum, sum);
        }
    }
}
