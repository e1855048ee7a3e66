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
    public static void Require(TorchDevice device, string? libtorch = null)
    {
        try
        {
            if (libtorch is not null) LibtorchFolder.Load(libtorch);
            Load();
        }
        catch (Exception error) when (IsMissingLibrary(error))
        {
            throw new InvalidOperationException(
                (OutdatedLibstdcxx.In(error.Message) ?? FindOutdatedLibstdcxx())?.Describe() ?? DescribeMissing(device, libtorch, error), error);
        }
        if (device.IsCuda) RequireCuda(device);
    }

    private static string DescribeMissing(TorchDevice device, string? libtorch, Exception error)
    {
        const string Instead = "or train with the managed engine, which needs no native library.";
        if (libtorch is not null && error is DllNotFoundException)
            return $"The native library of TorchSharp (libtorch) cannot be loaded from {libtorch}: {error.Message.TrimEnd()} Name another folder, {Instead}";
        var (package, folder) = device.IsCuda
            ? (CudaPackage, "such as the output folder of any application with that package")
            : ("TorchSharp-cpu", $"such as libtorch-cpu-{LibtorchFolder.Runtime}/{LibtorchFolder.PackageVersion} after "
                + $"`dotnet package download libtorch-cpu-{LibtorchFolder.Runtime}@{LibtorchFolder.PackageVersion}`");
        return $"The native library of TorchSharp (libtorch) cannot be loaded. Add the package {package} to the application, in the version of "
            + $"its TorchSharp ({LibtorchFolder.TorchSharpVersion}), or name as libtorch a folder that holds it, {folder}, {Instead}";
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

    // A method of its own, so that a type initializer that fails does so inside the caller's try block.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load() => torch.InitializeDeviceType(DeviceType.CPU);

    // TorchSharp tells that its native half was not loaded, but not why. The loader tells when it is asked again.
    private static OutdatedLibstdcxx? FindOutdatedLibstdcxx()
    {
        var torchSharp = typeof(torch).Assembly;
        // Where TorchSharp finds no libtorch beside itself, it puts together one from the package folder, in a folder of this name.
        string[] libraries = ["LibTorchSharp", Path.Combine(Path.GetDirectoryName(torchSharp.Location) ?? "", "cpu", "libLibTorchSharp.so")];
        return libraries.Select(MessageOfLoader).Select(OutdatedLibstdcxx.In).FirstOrDefault(found => found is not null);

        string MessageOfLoader(string library)
        {
            try
            {
                NativeLibrary.Load(library, torchSharp, searchPath: null);
                return "";
            }
            catch (Exception error) when (IsMissingLibrary(error))
            {
                return error.Message;
            }
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

    private static bool IsMissingLibrary(Exception error) => error switch
    {
        TypeInitializationException { InnerException: { } inner } => IsMissingLibrary(inner),
        NotSupportedException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => true,
        _ => false,
    };
}
