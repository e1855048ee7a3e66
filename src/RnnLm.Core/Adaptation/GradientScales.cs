namespace RnnLm;

/// <summary>
/// How great the gradients of a network's weights are over a text: the root of the mean of their squares, by which dynamic evaluation divides
/// (Krause 2018). That of a matrix is kept as a factor for each row and one for each column (as in Adafactor: Shazeer and Stern 2018), so it
/// takes hardly any room: <c>s_ij = rows_i · columns_j</c>.
/// </summary>
public sealed class GradientScales
{
    /// <summary>Makes scales of what was measured.</summary>
    /// <param name="tensors">The scales of every tensor, in the order of <see cref="NetworkWeights.Parameters"/>.</param>
    /// <exception cref="ArgumentException">There are none, or one is not a finite number from 0.</exception>
    public GradientScales(IEnumerable<TensorScales> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensors = [.. tensors];
        if (Tensors.Count == 0) throw new ArgumentException("There are no scales.", nameof(tensors));
        foreach (var tensor in Tensors)
        {
            if (!Are(tensor.Rows) || !Are(tensor.Columns))
                throw new ArgumentException($"The scales of the tensor \"{tensor.Name}\" are not all finite numbers from 0.", nameof(tensors));
        }
    }

    /// <summary>The scales of every tensor, in the order of <see cref="NetworkWeights.Parameters"/>.</summary>
    public IReadOnlyList<TensorScales> Tensors { get; }

    /// <summary>The mean <c>s̄</c> over all tensors of the mean scale of each.</summary>
    public double Mean => Tensors.Average(tensor => tensor.Mean);

    /// <summary>Whether they are those of a network of these sizes.</summary>
    internal bool Fit(NetworkShape shape)
    {
        var expected = shape.Tensors.InOrder(matrix => matrix, vector => vector).ToList();
        return expected.Count == Tensors.Count && expected.Zip(Tensors).All(
            pair => pair.First.Name == pair.Second.Name && pair.First.Rows == pair.Second.Rows.Length && pair.First.Columns == pair.Second.Columns.Length);
    }

    private static bool Are(ReadOnlyMemory<float> scales)
    {
        foreach (var scale in scales.Span)
            if (!float.IsFinite(scale) || scale < 0) return false;
        return true;
    }
}
