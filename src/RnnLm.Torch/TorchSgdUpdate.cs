using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary><c>w ← w − η (g + λ w)</c>.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="weightDecay">The L2 penalty <c>λ</c>.</param>
internal sealed class TorchSgdUpdate(Parameter[] parameters, double weightDecay) : TorchUpdate
{
    public override void Apply(double learningRate)
    {
        using var untracked = no_grad();
        foreach (var weights in parameters)
        {
            if (weightDecay != 0) weights.MultiplyBy(1 - learningRate * weightDecay);
            weights.IncreaseBy(weights.grad!, -learningRate);
        }
    }
}
