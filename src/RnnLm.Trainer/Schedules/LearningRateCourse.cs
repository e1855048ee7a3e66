namespace RnnLm.Training;

/// <summary>The learning rate in the course of a run.</summary>
/// <param name="initial">Where it begins.</param>
internal abstract class LearningRateCourse(double initial)
{
    /// <summary>The learning rate of the next window.</summary>
    public double Value { get; protected set; } = initial;

    /// <summary>The decay rate of the optimizer's first moment for the next window; null where it stays as it is.</summary>
    public virtual double? Beta1 => null;

    /// <summary>Goes on to the next window.</summary>
    /// <param name="share">The share of the run that is done, from 0 to 1.</param>
    public virtual void Advance(double share)
    {
    }

    /// <summary>Goes on after an epoch that was validated.</summary>
    /// <param name="improved">Whether it was the best until then.</param>
    public virtual void EpochValidated(bool improved)
    {
    }

    /// <summary>Whether an epoch that was validated and has not improved on the best is undone: the best weights take the place of its own.</summary>
    public virtual bool UndoesEpochs => false;

    /// <summary>Saves from where it goes on.</summary>
    public virtual void Save(TrainingState state) => state.Set("value", Value);

    /// <summary>Goes on from what another, of the same options, has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or is no learning rate.</exception>
    public virtual void Restore(TrainingState state)
    {
        Value = state.Get("value");
        // What is lowered again and again comes to 0, and so does a cosine at its end.
        if (!(double.IsFinite(Value) && Value >= 0)) throw new InvalidDataException(Invariant($"The learning rate is {Value}; it must be a finite number from 0 on."));
    }
}
