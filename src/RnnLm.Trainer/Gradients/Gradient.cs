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

    /// <summary>Makes ready for updates, of which there has been none yet. Rows without a gradient may sit them out from here on.</summary>
    /// <param name="update">The update.</param>
    /// <param name="parameter">The parameter's position.</param>
    public virtual void Attach(WeightUpdate update, int parameter)
    {
    }

    /// <summary>Lets rows make up for the updates that they have sat out, as far as they are one part's share: of the whole parameter.</summary>
    public virtual void MakeUp(int part, int parts)
    {
    }

    /// <summary>Saves what it keeps from update to update; nothing, where it keeps nothing.</summary>
    public virtual void Save(TrainingState state)
    {
    }

    /// <summary>Goes on from what another, of a parameter of the same size, has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public virtual void Restore(TrainingState state)
    {
    }

    /// <summary>Writes every value, zeros included.</summary>
    public abstract void CopyTo(Span<float> destination);
}
