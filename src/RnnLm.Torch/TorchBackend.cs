using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace RnnLm.Torch;

/// <summary>What stands between this project and libtorch: is it there, has it the device, and what do its failures mean.</summary>
internal static class TorchBackend
{
    private static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    /// <summary>Loads libtorch and makes sure that it has the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="libtorch">The folder that libtorch comes from; null means the application's own.</param>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded, or it has no such device.</exception>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "TorchSharp makes that copy where it is a file of its own.")]
    public static void Require(TorchDevice device, string? libtorch = null)
    {
        if (libtorch is not null) LoadFrom(libtorch);
        // Asked first: TorchSharp would make a copy of libtorch from the package folder, half a gigabyte, and fail with that as well.
        RefuseOutdatedLibstdcxx("LibTorchSharp");
        try
        {
            Load();
        }
        catch (Exception error) when (IsMissingLibrary(error))
        {
            // That copy, where TorchSharp has made one.
            RefuseOutdatedLibstdcxx(Path.Combine(Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "", "cpu", "libLibTorchSharp.so"));
            var (package, folder) = device.IsCuda
                ? (CudaPackage, "the output folder of any application with that package")
                : ("TorchSharp-cpu", $"libtorch-cpu-{LibtorchFolder.Runtime}/{LibtorchFolder.PackageVersion} after "
                    + $"`dotnet package download libtorch-cpu-{LibtorchFolder.Runtime}@{LibtorchFolder.PackageVersion}`");
            throw new InvalidOperationException(
                $"The native library of TorchSharp (libtorch) cannot be loaded. Add the package {package} to the application, in the version of its "
                + $"TorchSharp ({LibtorchFolder.TorchSharpVersion}), or name as libtorch a folder that holds it, such as {folder}, or train with the "
                + "managed engine, which needs no native library.",
                error);
        }
        if (device.IsCuda) RequireCuda(device);
    }

    /// <summary>Whether libtorch can be loaded and has the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="libtorch">The folder that libtorch comes from; null means the application's own.</param>
    public static bool Has(TorchDevice device, string? libtorch)
    {
        try
        {
            Require(device, libtorch);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What an error of libtorch means to the person who trains, or null where it is not about memory.</summary>
    /// <param name="error">The error.</param>
    /// <param name="device">The device.</param>
    /// <param name="work">What was to be done: <c>a window of 20 × 35 words</c>.</param>
    public static InsufficientMemoryException? OutOfMemory(ExternalException error, TorchDevice device, string work)
    {
        string[] signs = ["out of memory", "can't allocate memory", "not enough memory", "alloc_failed"];
        if (!signs.Any(sign => error.Message.Contains(sign, StringComparison.OrdinalIgnoreCase))) return null;
        return new InsufficientMemoryException(
            $"The device {device} has not enough memory for {work}. A smaller TrainingOptions.BatchSize or TrainingOptions.Window needs less, "
            + "as does a smaller vocabulary or network. The weights are as they were before.",
            error);
    }

    private static void LoadFrom(string folder)
    {
        try
        {
            LibtorchFolder.Load(folder);
        }
        catch (Exception error) when (IsMissingLibrary(error))
        {
            throw new InvalidOperationException(
                OutdatedLibstdcxx.In(error.Message)?.Describe()
                ?? $"The native library of TorchSharp (libtorch) cannot be loaded from {folder}: {error.Message.TrimEnd()} Name another folder, or train "
                + "with the managed engine, which needs no native library.",
                error);
        }
    }

    // A method of its own, so that a type initializer that fails does so inside the caller's try block.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load() => torch.InitializeDeviceType(DeviceType.CPU);

    // TorchSharp tells that its native half was not loaded, but not why; the loader does.
    private static void RefuseOutdatedLibstdcxx(string nativeHalf)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            NativeLibrary.Load(nativeHalf, typeof(torch).Assembly, searchPath: null);
        }
        catch (Exception error) when (IsMissingLibrary(error))
        {
            if (OutdatedLibstdcxx.In(error.Message) is { } outdated) throw new InvalidOperationException(outdated.Describe(), error);
        }
    }

    private static void RequireCuda(TorchDevice device)
    {
        var count = CudaDeviceCount();
        if (count == 0)
        {
            throw new InvalidOperationException(
                $"The device {device} was asked for, but libtorch finds no CUDA device. It takes an NVIDIA GPU with its driver, and the "
                + $"package {CudaPackage} in place of TorchSharp-cpu. Without them, choose the device cpu or the managed engine.");
        }
        if (device.Index >= count)
        {
            var found = count == 1 ? "1 CUDA device: cuda:0" : $"{count} CUDA devices: cuda:0 to cuda:{count - 1}";
            throw new InvalidOperationException($"The device {device} was asked for, but libtorch finds {found}.");
        }
    }

    private static int CudaDeviceCount()
    {
        try
        {
            return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
        catch (Exception error) when (IsMissingLibrary(error))
        {
            return 0;
        }
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "That it is empty there is what is asked.")]
    private static bool IsMissingLibrary(Exception error) => error switch
    {
        TypeInitializationException { InnerException: { } inner } => IsMissingLibrary(inner),
        NotSupportedException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => true,
        // Compiled into one file, TorchSharp looks in vain for the folder that it lies in.
        ArgumentNullException => string.IsNullOrEmpty(typeof(torch).Assembly.Location),
        _ => false,
    };
}
