using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// The mean of all weights since validation has ceased to improve: non-monotonically triggered averaged SGD (Merity 2018, <i>Regularizing and Optimizing LSTM
/// Language Models</i>, algorithm 1). It is meant for <see cref="Sgd"/> with a <see cref="ConstantSchedule"/>. Without validation data it
/// never begins.
/// </summary>
public sealed class TriggeredAverage : WeightAveraging
{
    /// <summary>
    /// The non-monotone interval: averaging begins after an epoch that is worse than the best of all but the last so many before it; at least 1.
    /// </summary>
    /// <value>The default is 5.</value>
    public int NonmonotoneInterval { get; set; } = 5;

    internal override string Name => "triggered";

    internal override AveragingCourse Begin() => new TriggeredAveragingCourse(Interval, NonmonotoneInterval);

    internal override void AddFaults(OptionFaults faults)
    {
        base.AddFaults(faults);
        faults.RequireAtLeast(nameof(NonmonotoneInterval), NonmonotoneInterval, 1);
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("nonmonotone_interval", Invariant($"{NonmonotoneInterval}")),
    ];
}
