namespace RnnLm.Torch.Tests;

/// <summary>A test with several cases that needs libtorch on Linux; it is skipped, saying so, where there is no libtorch or another system.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchOnLinuxTheoryAttribute : TheoryAttribute
{
    public TorchOnLinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? Libtorch.ReasonToSkip : "A process is killed as on Linux.";
}
