using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Averages the weights that training passes through: <see cref="ExponentialAverage"/> or <see cref="TriggeredAverage"/>. Where there is an average, validation,
/// the choice of the best weights and the trained model are of it; training goes on from the weights themselves. Until there is,
/// <see cref="TrainingOptions.Patience"/> does not count; from then on the latest average is the best where there is no validation.
/// </summary>
public abstract class WeightAveraging
{
    private protected WeightAveraging()
    {
    }

    /// <summary>
    /// How many windows there are from one to the next whose weights are averaged; at least 1. One average reads all weights and reads and writes a second set
    /// of them, the vocabulary's rows that have sat out updates included.
    /// </summary>
    /// <value>The default is 10.</value>
    public int Interval { get; set; } = 10;

    /// <summary>Its name in a description: <c>exponential</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>The average of a run.</summary>
    internal abstract AveragingCourse Begin();

    /// <summary>Adds what is out of range.</summary>
    internal virtual void AddFaults(OptionFaults faults) => faults.RequireAtLeast(nameof(Interval), Interval, 1);

    /// <summary>Its options as a model file keeps them.</summary>
    internal virtual IEnumerable<(string Name, string Value)> Describe() =>
    [
        ("averaging", Name),
        ("averaging_interval", Invariant($"{Interval}")),
    ];

    internal WeightAveraging Clone() => (WeightAveraging)MemberwiseClone();
}
