using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace RnnLm.Torch;

/// <summary>
/// A folder outside the application that libtorch comes from. Its libraries are loaded by their paths before TorchSharp asks for them by
/// their names, and the loader then takes those that are loaded.
/// </summary>
internal static class LibtorchFolder
{
    /// <summary>The package of libtorch that this TorchSharp was built with.</summary>
    public const string PackageVersion = "2.10.0";

    /// <summary>The version of TorchSharp.</summary>
    public const string TorchSharpVersion = "0.107.0";

    private const string NativeHalf = "LibTorchSharp";

    private static readonly Version NeededVersion = Version.Parse(PackageVersion);

    // A process has one libtorch and keeps it to its end.
    private static readonly Lock Gate = new();
    private static string? loaded;

    /// <summary>This system as packages name it: <c>linux-x64</c>.</summary>
    public static string Runtime { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Loads the libraries of a folder, of one below it named <c>lib</c>, or of one as packages and builds have it.</summary>
    /// <param name="path">The folder: of libtorch, of a package of it, or the output folder of an application that has it.</param>
    /// <exception cref="InvalidOperationException">The folder has no libtorch, or one of another version, or the process has another already.</exception>
    /// <exception cref="DllNotFoundException">The system refuses a library; the message is that of the loader.</exception>
    public static void Load(string path)
    {
        var folder = Find(path);
        lock (Gate)
        {
            if (loaded == folder) return;
            if (loaded is not null)
                throw new InvalidOperationException($"libtorch has been loaded from {loaded}; a process cannot load another, from {folder}, as well.");

            foreach (var library in FoundLate(folder)) NativeLibrary.TryLoad(library, out _);
            RequireVersion(NativeLibrary.Load(PathOf(folder, "torch_cpu")), folder);
            foreach (var library in (string[])["torch_cuda", "torch"])
                if (File.Exists(PathOf(folder, library))) NativeLibrary.Load(PathOf(folder, library));
            LoadNativeHalf(folder);
            loaded = folder;
        }
    }

    /// <summary>What <c>aoti_torch_abi_version</c> of libtorch means: a byte each for major, minor and patch, from the highest.</summary>
    public static Version VersionOf(ulong encoded) => new((int)(encoded >> 56), (int)(encoded >> 48 & 0xff), (int)(encoded >> 40 & 0xff));

    private static string Find(string path)
    {
        string[] folders = [path, Path.Combine(path, "lib"), Path.Combine(path, "runtimes", Runtime, "native")];
        return folders.Select(Path.GetFullPath).FirstOrDefault(folder => File.Exists(PathOf(folder, "torch_cpu")))
            ?? throw new InvalidOperationException(
                $"There is no libtorch in {path}: none of {string.Join(", ", folders.Select(folder => PathOf(folder, "torch_cpu")))} exists.");
    }

    private static string PathOf(string folder, string library)
        => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so");

    // What CUDA's libraries on Windows load by name, late, and would not find in a folder of which the system does not know.
    private static IEnumerable<string> FoundLate(string folder)
        => OperatingSystem.IsWindows()
            ? from prefix in (string[])["cudnn", "nvrtc", "caffe2_nvrtc", "cublas", "cufft", "cusparse", "cusolver"]
              from library in Directory.EnumerateFiles(folder, $"{prefix}*.dll").Order(StringComparer.OrdinalIgnoreCase)
              select library
            : [];

    // With another version TorchSharp would end the process where it first calls what that lacks.
    private static unsafe void RequireVersion(nint library, string folder)
    {
        Version? found = null;
        if (NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out var version)) found = VersionOf(((delegate* unmanaged<ulong>)version)());
        if (found is not null && (found.Major, found.Minor) == (NeededVersion.Major, NeededVersion.Minor)) return;
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"The libtorch in {folder} is {found?.ToString() ?? "too old to tell its version"}; TorchSharp {TorchSharpVersion} needs {NeededVersion.ToString(2)}."));
    }

    // The application's own comes first: it is that of its TorchSharp. The folder's is for an application without, or a system that refuses it.
    private static void LoadNativeHalf(string folder)
    {
        var torchSharp = typeof(torch).Assembly;
        if (NativeLibrary.TryLoad(NativeHalf, torchSharp, searchPath: null, out _)) return;
        var path = PathOf(folder, NativeHalf);
        var library = File.Exists(path) ? NativeLibrary.Load(path) : NativeLibrary.Load(NativeHalf, torchSharp, searchPath: null);
        AssemblyLoadContext.GetLoadContext(torchSharp)!.ResolvingUnmanagedDll += (_, name) => name == NativeHalf ? library : 0;
    }
}
