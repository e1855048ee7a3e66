using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Lowers the learning rate along half a period of a cosine over the whole run (Loshchilov and Hutter 2017, <i>SGDR</i>, equation 5, without restarts), after a
/// linear rise from 0 where there is a warm-up (Goyal 2017). The run is <see cref="TrainingOptions.Epochs"/>, or what
/// <see cref="TrainingOptions.TimeLimit"/> leaves of them; only without a limit of time is it the same run bit for bit each time. A run that goes on from a
/// checkpoint is of the same length, and <see cref="TrainingOptions.Patience"/> has no effect.
/// </summary>
public sealed class CosineSchedule : LearningRateSchedule
{
    /// <summary>The share of the run in which the learning rate rises; from 0 to below 1.</summary>
    /// <value>The default is 0.</value>
    public double Warmup
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    /// <summary>The share of the optimizer's learning rate that is left at the end; from 0 to 1.</summary>
    /// <value>The default is 0.</value>
    public double FinalShare
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    internal override string Name => "cosine";

    internal override bool SpansRun => true;

    internal override LearningRateCourse Begin(double initial) => new SpanningCourse(share => share < Warmup
        ? initial * share / Warmup
        : ScheduleCurve.Cosine.Between(initial, initial * FinalShare, (share - Warmup) / (1 - Warmup)));

    internal override void AddFaults(OptionFaults faults, Optimizer? optimizer)
    {
        faults.RequireFinite(Warmup is >= 0 and < 1, nameof(Warmup), Warmup, "from 0 to below 1");
        faults.RequireFinite(FinalShare is >= 0 and <= 1, nameof(FinalShare), FinalShare, "from 0 to 1");
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("warmup", Invariant($"{Warmup}")),
        ("final_share", Invariant($"{FinalShare}")),
    ];
}
