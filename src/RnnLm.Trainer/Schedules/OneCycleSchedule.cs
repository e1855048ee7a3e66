using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// One cycle of the learning rate over the whole run (Smith 2018, <i>A disciplined approach to neural network hyper-parameters</i>, section 4): up from a fraction of
/// the optimizer's rate to that rate, its peak, and down to far below where it began. The run is <see cref="TrainingOptions.Epochs"/>, or what
/// <see cref="TrainingOptions.TimeLimit"/> leaves of them; only without a limit of time is it the same run bit for bit each time. A run that goes on from a
/// checkpoint is of the same length, and <see cref="TrainingOptions.Patience"/> has no effect.
/// </summary>
public sealed class OneCycleSchedule : LearningRateSchedule
{
    /// <summary>The share of the run in which the learning rate rises; from 0 to below 1.</summary>
    /// <value>The default is 0.3.</value>
    public double Warmup
    {
        get => values.Get<double>(0.3);
        set => values.Put(value);
    }

    /// <summary>What the peak is divided by for the rate at the start; at least 1.</summary>
    /// <value>The default is 25.</value>
    public double StartDivisor
    {
        get => values.Get<double>(25);
        set => values.Put(value);
    }

    /// <summary>What the peak is divided by for the rate at the end; at least 1.</summary>
    /// <value>The default is 10,000.</value>
    public double FinalDivisor
    {
        get => values.Get<double>(10_000);
        set => values.Put(value);
    }

    /// <summary>How the rate rises and falls.</summary>
    /// <value>The default is <see cref="ScheduleCurve.Cosine"/>.</value>
    public ScheduleCurve Curve
    {
        get => values.Get<ScheduleCurve>(ScheduleCurve.Cosine);
        set => values.Put(value);
    }

    /// <summary>
    /// The optimizer's <see cref="AdaptiveMomentOptimizer.Beta1"/> at the start and at the end, such as 0.95, from where it falls to
    /// <see cref="LowestBeta1"/> as the learning rate rises to its peak; from 0 to below 1.
    /// </summary>
    /// <value>Null, the default, leaves it as it is.</value>
    public double? HighestBeta1
    {
        get => values.Get<double?>(default);
        set => values.Put(value);
    }

    /// <summary>The optimizer's <see cref="AdaptiveMomentOptimizer.Beta1"/> at the peak of the learning rate, such as 0.85; from 0 to <see cref="HighestBeta1"/>.</summary>
    /// <value>Null, the default, leaves it as it is.</value>
    public double? LowestBeta1
    {
        get => values.Get<double?>(default);
        set => values.Put(value);
    }

    internal override string Name => "one_cycle";

    internal override bool SpansRun => true;

    internal override LearningRateCourse Begin(double initial)
    {
        var (start, final) = (initial / StartDivisor, initial / FinalDivisor);
        return new SpanningCourse(
            share => At(share, start, initial, final),
            HighestBeta1 is { } highest && LowestBeta1 is { } lowest ? share => At(share, highest, lowest, highest) : null);
    }

    internal override void AddFaults(OptionFaults faults, Optimizer? optimizer)
    {
        faults.RequireFinite(Warmup is >= 0 and < 1, nameof(Warmup), Warmup, "from 0 to below 1");
        faults.RequireFinite(StartDivisor >= 1, nameof(StartDivisor), StartDivisor, "at least 1");
        faults.RequireFinite(FinalDivisor >= 1, nameof(FinalDivisor), FinalDivisor, "at least 1");
        faults.RequireDefined(nameof(Curve), Curve);
        if (HighestBeta1 is null && LowestBeta1 is null) return;
        if (HighestBeta1 is not { } highest) faults.Add(nameof(HighestBeta1), "not set", $"from 0 to below 1, as {nameof(LowestBeta1)} is set");
        else faults.RequireFinite(highest is >= 0 and < 1, nameof(HighestBeta1), highest, "from 0 to below 1");
        if (LowestBeta1 is not { } lowest) faults.Add(nameof(LowestBeta1), "not set", $"from 0 to {nameof(HighestBeta1)}, which is set");
        else faults.RequireFinite(lowest >= 0 && !(lowest > (HighestBeta1 ?? 1)), nameof(LowestBeta1), lowest, $"from 0 to {nameof(HighestBeta1)}");
        if (optimizer is not (null or AdaptiveMomentOptimizer))
            faults.Add(nameof(HighestBeta1), Invariant($"{HighestBeta1}"), $"left unset where Optimizer is {optimizer.GetType().Name}, which has no Beta1");
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("warmup", Invariant($"{Warmup}")),
        ("start_divisor", Invariant($"{StartDivisor}")),
        ("final_divisor", Invariant($"{FinalDivisor}")),
        ("curve", Curve.ToString().ToLowerInvariant()),
        .. HighestBeta1 is { } highest ? new[] { ("highest_beta1", Invariant($"{highest}")) } : [],
        .. LowestBeta1 is { } lowest ? new[] { ("lowest_beta1", Invariant($"{lowest}")) } : [],
    ];

    private double At(double share, double start, double peak, double final)
        => share < Warmup ? Curve.Between(start, peak, share / Warmup) : Curve.Between(peak, final, (share - Warmup) / (1 - Warmup));
}
