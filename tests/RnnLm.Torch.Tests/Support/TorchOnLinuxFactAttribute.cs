namespace RnnLm.Torch.Tests;

/// <summary>A test that needs libtorch and links to its files; it is skipped, saying so, where there is no libtorch or another system than Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchOnLinuxFactAttribute : FactAttribute
{
    public TorchOnLinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? Libtorch.ReasonToSkip : "Not every system lets anyone link to files.";
}
