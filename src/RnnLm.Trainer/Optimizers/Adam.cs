using RnnLm.Training;

namespace RnnLm;

/// <summary>Adam (Kingma and Ba 2015).</summary>
public sealed class Adam() : Optimizer(learningRate: 0.002)
{
    internal override string Name => "adam";

    internal override WeightUpdate CreateUpdate(IReadOnlyList<NetworkParameter> parameters)
        => new AdamUpdate(parameters, WeightDecay, isDecayDecoupled: false);
}
