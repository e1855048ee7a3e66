using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// Local steps: each rank learns by itself for <see cref="LocalWindows"/> windows, and then the weights of all go on from a step towards their mean, with Nesterov's momentum. With a rate of 1 it is
/// blockwise model-update filtering (Chen and Huo 2016), with 0.7 and a momentum of 0.9 DiLoCo (Douillard et al. 2023), and without momentum the mean itself. The weights alone cross the network,
/// once in <see cref="LocalWindows"/> windows; the optimizers' moments stay each rank's own.
/// </summary>
public sealed class LocalSteps : Synchronization
{
    /// <summary>How many windows each rank learns from before the weights are brought together; at least 1. They also are at the end of every epoch.</summary>
    /// <value>The default is 200.</value>
    public int LocalWindows { get; set; } = 200;

    /// <summary>The share of the way to the mean that is gone without momentum, <c>η</c>; above 0.</summary>
    /// <value>The default is 1: the whole of it.</value>
    public double OuterLearningRate { get; set; } = 1;

    /// <summary>How much of a step is added to the next one, <c>μ</c>; from 0 to below 1.</summary>
    /// <value>Null, the default, means <c>1 − 1 / ranks</c>, as Chen and Huo have it.</value>
    public double? OuterMomentum { get; set; }

    internal override IEnumerable<string> Faults
    {
        get
        {
            if (LocalWindows < 1) yield return FormattableString.Invariant($"{nameof(LocalWindows)} is {LocalWindows}; it must be at least 1.");
            if (!(OuterLearningRate > 0 && double.IsFinite(OuterLearningRate))) yield return FormattableString.Invariant($"{nameof(OuterLearningRate)} is {OuterLearningRate}; it must be a finite number above 0.");
            if (OuterMomentum is not (null or (>= 0 and < 1))) yield return FormattableString.Invariant($"{nameof(OuterMomentum)} is {OuterMomentum}; it must be from 0 to below 1.");
        }
    }

    /// <summary>The momentum among so many ranks.</summary>
    internal double MomentumFor(int ranks) => OuterMomentum ?? 1 - 1.0 / ranks;

    internal override string Describe(int ranks)
        => FormattableString.Invariant($"local steps of {LocalWindows} windows, rate {OuterLearningRate}, momentum {MomentumFor(ranks):0.######}");

    internal override SharedSession Begin(ManagedSession own, SharedTraining training, NetworkWeights initial) => new LocalSession(own, training, this, initial);
}
