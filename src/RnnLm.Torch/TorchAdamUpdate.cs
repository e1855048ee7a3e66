using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1); weight decay is part of the gradient, or decoupled from it as <c>w ← w − η λ w</c> (Loshchilov and Hutter 2019).
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="optimizer">The weight decay <c>λ</c>, <c>β₁</c>, <c>β₂</c> and <c>ε</c>.</param>
/// <param name="isDecayDecoupled">Whether weight decay is decoupled from the gradient.</param>
internal sealed class TorchAdamUpdate(Parameter[] parameters, AdaptiveMomentOptimizer optimizer, bool isDecayDecoupled) : TorchUpdate
{
    private const string Updates = "updates";
    private const string First = "first_moments";
    private const string Second = "second_moments";

    private readonly Tensor[] firstMoments = [.. parameters.Select(ZerosLike)];
    private readonly Tensor[] secondMoments = [.. parameters.Select(ZerosLike)];
    private readonly double weightDecay = optimizer.WeightDecay;
    private readonly double beta2 = optimizer.Beta2;
    private readonly double epsilon = optimizer.Epsilon;
    private double beta1 = optimizer.Beta1;
    private long updates;

    public override void UseBeta1(double beta1) => this.beta1 = beta1;

    public override void Apply(double learningRate)
    {
        using var untracked = no_grad();
        updates++;
        var stepSize = learningRate / (1 - Math.Pow(beta1, updates));
        var secondCorrection = 1 / Math.Sqrt(1 - Math.Pow(beta2, updates));
        foreach (var (index, weights) in parameters.Index())
        {
            var (first, second, gradient) = (firstMoments[index], secondMoments[index], weights.grad!);
            if (weightDecay != 0 && !isDecayDecoupled) gradient.IncreaseBy(weights, weightDecay);
            first.MultiplyBy(beta1).IncreaseBy(gradient, 1 - beta1);
            second.MultiplyBy(beta2).IncreaseByProduct(gradient, gradient, 1 - beta2);
            if (weightDecay != 0 && isDecayDecoupled) weights.MultiplyBy(1 - learningRate * weightDecay);
            weights.IncreaseByQuotient(first, second.sqrt().MultiplyBy(secondCorrection).IncreaseBy(epsilon), -stepSize);
        }
    }

    public override void Save(TrainingState state)
    {
        state.Set(Updates, updates);
        state.Part(First).Set(firstMoments);
        state.Part(Second).Set(secondMoments);
    }

    public override void Restore(TrainingState state)
    {
        updates = state.GetWhole(Updates);
        state.Part(First).Get(firstMoments);
        state.Part(Second).Get(secondMoments);
    }

    public override void Dispose()
    {
        foreach (var moments in (Tensor[])[.. firstMoments, .. secondMoments]) moments.Dispose();
    }

    private static Tensor ZerosLike(Parameter weights) => zeros_like(weights, requires_grad: false).DetachFromDisposeScope();
}
