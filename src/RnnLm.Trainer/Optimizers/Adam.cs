using RnnLm.Training;

namespace RnnLm;

/// <summary>Adam (Kingma and Ba 2015).</summary>
public sealed class Adam : AdaptiveMomentOptimizer
{
    internal override string Name => "adam";

    internal override WeightUpdate CreateUpdate(IReadOnlyList<NetworkParameter> parameters)
        => new AdamUpdate(parameters, this, isDecayDecoupled: false);
}
