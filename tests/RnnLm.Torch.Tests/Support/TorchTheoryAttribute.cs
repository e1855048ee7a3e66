namespace RnnLm.Torch.Tests;

/// <summary>A test with several cases that needs libtorch; it is skipped, saying so, where libtorch is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Libtorch.ReasonToSkip;
}
