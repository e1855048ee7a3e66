namespace RnnLm.Torch.Tests;

/// <summary>A test that needs libtorch; it is skipped, saying so, where libtorch is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Libtorch.ReasonToSkip;
}
