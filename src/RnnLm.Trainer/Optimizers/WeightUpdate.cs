namespace RnnLm.Training;

/// <summary>
/// How gradients change weights. One update is one pass in which each weight is read and written once; any number of threads may
/// take part, each with ranges of its own.
/// </summary>
internal abstract class WeightUpdate
{
    /// <summary>Whether a weight may change where its gradient is zero.</summary>
    public abstract bool MovesWithoutGradient { get; }

    /// <summary>Begins an update.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What every gradient is to be multiplied by, from clipping.</param>
    public abstract void Begin(double learningRate, double gradientScale);

    /// <summary>Changes a range of a parameter's weights.</summary>
    /// <param name="parameter">The parameter's position.</param>
    /// <param name="start">The index of the first weight.</param>
    /// <param name="gradient">The gradients of that weight and those after it.</param>
    public abstract void Apply(int parameter, int start, ReadOnlySpan<float> gradient);

    /// <summary>Saves what it keeps from update to update; nothing, where it keeps nothing.</summary>
    public virtual void Save(TrainingState state)
    {
    }

    /// <summary>Goes on from what another, for parameters of the same sizes, has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public virtual void Restore(TrainingState state)
    {
    }
}
