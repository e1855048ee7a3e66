using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// An exponential moving average of the weights over the last part of a run (Polyak and Juditsky 1992; Tarvainen and Valpola 2017), corrected for its beginning
/// as Adam's moments are: <c>ā ← d ā + (1 − d) w</c>, divided by <c>1 − dⁿ</c>.
/// </summary>
public sealed class ExponentialAverage : WeightAveraging
{
    /// <summary>How much of the average is left after a window, <c>d</c>; above 0 and below 1. About the last <c>1 / (1 − d)</c> windows count.</summary>
    /// <value>The default is 0.999.</value>
    public double Decay { get; set; } = 0.999;

    /// <summary>The share of the run, by its words or its time, after which averaging begins; from 0 to below 1.</summary>
    /// <value>The default is two thirds.</value>
    public double Start { get; set; } = 2.0 / 3;

    internal override string Name => "exponential";

    internal override AveragingCourse Begin() => new ExponentialAveragingCourse(Interval, Decay, Start);

    internal override void AddFaults(OptionFaults faults)
    {
        base.AddFaults(faults);
        faults.RequireFinite(Decay is > 0 and < 1, nameof(Decay), Decay, "above 0 and below 1");
        faults.RequireFinite(Start is >= 0 and < 1, nameof(Start), Start, "from 0 to below 1");
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("averaging_decay", Invariant($"{Decay}")),
        ("averaging_start", Invariant($"{Start}")),
    ];
}
