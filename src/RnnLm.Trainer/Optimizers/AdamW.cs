using RnnLm.Training;

namespace RnnLm;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
public sealed class AdamW : AdaptiveMomentOptimizer
{
    internal override string Name => "adamw";

    internal override WeightUpdate CreateUpdate(IReadOnlyList<NetworkParameter> parameters)
        => new AdamUpdate(parameters, this, isDecayDecoupled: true);
}
