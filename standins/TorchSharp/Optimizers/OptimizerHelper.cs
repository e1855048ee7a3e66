namespace TorchSharp.Modules;

public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private protected OptimizerHelper(double learningRate)
        : base(learningRate)
    {
    }
}
