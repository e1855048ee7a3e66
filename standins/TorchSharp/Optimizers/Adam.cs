namespace TorchSharp.Modules;

public class Adam : OptimizerHelper
{
    private readonly AdamMoments moments;

    internal Adam(IEnumerable<Parameter> parameters, double learningRate, double beta1, double beta2, double eps, double weightDecay)
        : base(learningRate) => moments = new AdamMoments(parameters, beta1, beta2, eps, weightDecay, decoupled: false);

    protected override void Dispose(bool disposing)
    {
        moments.Dispose();
        base.Dispose(disposing);
    }

    private protected override void Update() => moments.Step(LearningRate);
}
