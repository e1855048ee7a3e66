namespace RnnLm.Torch.Tests;

/// <summary>Whether libtorch can be used here, and where it is.</summary>
internal static class Libtorch
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        try
        {
            TorchBackend.Require(TorchDevice.Parse("cpu"));
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    });

    public static string? ReasonToSkip => Reason.Value;

    /// <summary>The folder of the native libraries on Linux.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");

    /// <summary>TorchSharp's native half, which the build may have changed so that it loads here.</summary>
    public static string NativeHalf { get; } = Path.Combine(Folder, "libLibTorchSharp.so");

    /// <summary>The same as its package has it.</summary>
    public static string NativeHalfAsPackaged { get; } = Path.Combine(AppContext.BaseDirectory, "AsPackaged", "libLibTorchSharp.so");
}
