namespace RnnLm.Training;

/// <summary>The gradient of one parameter. Threads take part by number, each with a share of its own.</summary>
internal abstract class Gradient
{
    /// <summary>The sum of squares over one part's share.</summary>
    public abstract double SumOfSquares(int part, int parts);

    /// <summary>Lets an update change one part's share of the weights.</summary>
    /// <param name="update">The update.</param>
    /// <param name="parameter">The parameter's position.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    public abstract void Apply(WeightUpdate update, int parameter, int part, int parts);

    /// <summary>Writes every value, zeros included.</summary>
    public abstract void CopyTo(Span<float> destination);
}
