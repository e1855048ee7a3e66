using TorchSharp.Interop;

namespace TorchSharp.Modules;

public class SGD : OptimizerHelper
{
    private readonly Parameter[] learned;
    private readonly double weightDecay;

    internal SGD(IEnumerable<Parameter> parameters, double learningRate, double weightDecay)
        : base(learningRate)
    {
        learned = [.. parameters];
        this.weightDecay = weightDecay;
    }

    private protected override void Update()
    {
        foreach (var parameter in learned) Native.Check(NativeMethods.standin_sgd_step(parameter.Handle, LearningRate, weightDecay));
    }
}
