namespace RnnLm.Torch.Tests;

/// <summary>A test of a system whose libstdc++ is too old for TorchSharp's native half; it is skipped, saying so, on any other.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OutdatedLibstdcxxFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        if (!OperatingSystem.IsLinux()) return "Only on Linux does TorchSharp's native half use the C++ library of the system.";
        // The build changes the copy that the tests use where the system's libstdc++ lacks what it needs, and only there.
        return File.ReadAllBytes(Libtorch.NativeHalf).AsSpan().SequenceEqual(File.ReadAllBytes(Libtorch.NativeHalfAsPackaged))
            ? "The libstdc++ of this system is as new as TorchSharp's native half needs it."
            : null;
    });

    public OutdatedLibstdcxxFactAttribute() => Skip = Reason.Value;
}
