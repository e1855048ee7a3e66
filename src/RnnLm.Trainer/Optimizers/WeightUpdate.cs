namespace RnnLm.Training;

/// <summary>
/// How gradients change weights. One update is one pass in which each weight is read and written once; any number of threads may
/// take part, each with ranges of its own. Weights without a gradient may sit out updates, and make up for them later.
/// </summary>
internal abstract class WeightUpdate
{
    /// <summary>Whether a weight may change where its gradient is zero, and cannot make up for it later as <see cref="Missed"/> has it.</summary>
    public virtual bool MovesWithoutGradient => false;

    /// <summary>What weights without a gradient have missed; null where they must not sit out an update, or have nothing to make up for.</summary>
    public virtual MissedUpdates? Missed => null;

    /// <summary>Sets the decay rate <c>β₁</c> of the first moment for the updates to come.</summary>
    /// <exception cref="NotSupportedException">There is no such moment.</exception>
    public virtual void UseBeta1(double beta1) => throw new NotSupportedException("The optimizer has no first moment, whose decay rate could be set.");

    /// <summary>Begins an update.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What every gradient is to be multiplied by, from clipping.</param>
    public abstract void Begin(double learningRate, double gradientScale);

    /// <summary>Changes a range of a parameter's weights.</summary>
    /// <param name="parameter">The parameter's position.</param>
    /// <param name="start">The index of the first weight.</param>
    /// <param name="gradient">The gradients of that weight and those after it.</param>
    public abstract void Apply(int parameter, int start, ReadOnlySpan<float> gradient);

    /// <summary>Changes a range of a parameter's weights as the updates would have that they have sat out, without gradients.</summary>
    /// <param name="parameter">The parameter's position.</param>
    /// <param name="start">The index of the first weight.</param>
    /// <param name="count">The number of weights.</param>
    /// <param name="missed">What those updates do.</param>
    public virtual void MakeUp(int parameter, int start, int count, MissedUpdates.Factors missed)
        => throw new NotSupportedException("Weights cannot sit out an update of this optimizer.");

    /// <summary>Forgets all updates.</summary>
    public virtual void Reset() => Missed?.Reset();

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
