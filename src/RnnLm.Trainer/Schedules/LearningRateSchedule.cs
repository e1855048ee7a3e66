using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>How the learning rate changes in a run: <see cref="PlateauSchedule"/>.</summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The learning rate of a run.</summary>
    /// <param name="initial">Where it begins.</param>
    internal abstract LearningRateCourse Begin(double initial);

    /// <summary>Adds what is out of range.</summary>
    internal abstract void AddFaults(OptionFaults faults);

    /// <summary>Its options as a model file keeps them.</summary>
    internal abstract IEnumerable<(string Name, string Value)> Describe();

    internal LearningRateSchedule Clone() => (LearningRateSchedule)MemberwiseClone();
}
