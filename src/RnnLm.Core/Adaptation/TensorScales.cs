namespace RnnLm;

/// <summary>How great the gradients of one tensor are: <c>s_ij = rows_i · columns_j</c>.</summary>
/// <param name="Name">The tensor's name in a model file.</param>
/// <param name="Rows">A factor for each row; each is the root of the mean square of its row's gradients.</param>
/// <param name="Columns">A factor for each column; the mean of their squares is 1, and a vector has one, which is 1.</param>
public sealed record TensorScales(string Name, ReadOnlyMemory<float> Rows, ReadOnlyMemory<float> Columns)
{
    /// <summary>The mean of all <c>s_ij</c>.</summary>
    public double Mean => MeanOf(Rows.Span) * MeanOf(Columns.Span);

    private static double MeanOf(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.IsEmpty ? 0 : sum / values.Length;
    }
}
