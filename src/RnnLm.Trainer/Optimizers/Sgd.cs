using RnnLm.Training;

namespace RnnLm;

/// <summary>Stochastic gradient descent; its learning rate has to be lowered when validation stops improving.</summary>
public sealed class Sgd() : Optimizer(learningRate: 20)
{
    internal override string Name => "sgd";

    internal override WeightUpdate CreateUpdate(IReadOnlyList<NetworkParameter> parameters) => new SgdUpdate(parameters, WeightDecay);
}
