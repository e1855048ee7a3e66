using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Lowers the learning rate when an epoch has not improved validation perplexity. Without validation data it stays as it is.
/// </summary>
public sealed class PlateauSchedule : LearningRateSchedule
{
    /// <summary>By what the learning rate is multiplied, above 0 to 1; 1 leaves it as it is.</summary>
    /// <value>The default is 0.25.</value>
    public double Factor
    {
        get => values.Get<double>(0.25);
        set => values.Put(value);
    }

    /// <summary>
    /// Whether an epoch that has not improved validation perplexity is undone: training goes on from the best weights until then, with the lower learning rate. The
    /// optimizer begins anew, as its moments are those of weights that are gone, and so does an average of weights.
    /// </summary>
    /// <value>The default is false.</value>
    public bool Undo
    {
        get => values.Get<bool>(false);
        set => values.Put(value);
    }

    internal override string Name => "plateau";

    internal override LearningRateCourse Begin(double initial) => new PlateauCourse(initial, Factor, Undo);

    internal override void AddFaults(OptionFaults faults, Optimizer? optimizer)
        => faults.RequireFinite(Factor is > 0 and <= 1, nameof(Factor), Factor, "above 0 and at most 1");

    internal override IEnumerable<(string Name, string Value)> Describe() => [.. base.Describe(), ("annealing", Invariant($"{Factor}")), ("undo", Undo ? "true" : "false")];
}
