using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// How the learning rate changes in a run: <see cref="PlateauSchedule"/>, <see cref="OneCycleSchedule"/>, <see cref="CosineSchedule"/> or
/// <see cref="ConstantSchedule"/>.
/// </summary>
public abstract class LearningRateSchedule : IOptionObject
{
    private protected OptionValues values = new();

    private protected LearningRateSchedule()
    {
    }

    OptionValues IOptionObject.Values => values;

    /// <summary>Its name in a description: <c>one_cycle</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>
    /// Whether it runs once over the whole of a run. How long that may be then decides what is learned from the first window on, and no early end by
    /// <see cref="TrainingOptions.Patience"/> cuts it short.
    /// </summary>
    internal virtual bool SpansRun => false;

    /// <summary>The learning rate of a run.</summary>
    /// <param name="initial">That of the optimizer.</param>
    internal abstract LearningRateCourse Begin(double initial);

    /// <summary>Adds what is out of range, or does not go with the optimizer.</summary>
    internal virtual void AddFaults(OptionFaults faults, Optimizer? optimizer)
    {
    }

    /// <summary>Its options as a model file keeps them.</summary>
    internal virtual IEnumerable<(string Name, string Value)> Describe() => [("schedule", Name)];

    internal LearningRateSchedule Clone()
    {
        var copy = (LearningRateSchedule)MemberwiseClone();
        copy.values = values.Clone();
        return copy;
    }
}
