using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static bool loaded;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        LoadNativeBackend();
        if (deviceType == DeviceType.CUDA && Native.Number(NativeMethods.standin_cuda_device_count()) == 0)
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static int get_num_threads()
    {
        LoadNativeBackend();
        return Native.Number(NativeMethods.standin_get_num_threads());
    }

    public static void set_num_threads(int num)
    {
        LoadNativeBackend();
        Native.Check(NativeMethods.standin_set_num_threads(num));
    }

    public static Generator manual_seed(long seed)
    {
        LoadNativeBackend();
        Native.Check(NativeMethods.standin_manual_seed(seed));
        return new Generator();
    }

    public static IDisposable no_grad()
    {
        LoadNativeBackend();
        return new GradientMode(enabled: false);
    }

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.NewScope();

    /// <summary>Says, as TorchSharp does, that its native library is missing.</summary>
    internal static void LoadNativeBackend()
    {
        if (loaded) return;
        if (!NativeLibrary.TryLoad(NativeMethods.Library, typeof(torch).Assembly, null, out _))
        {
            throw new NotSupportedException(
                $"The stand-in for TorchSharp cannot load its native library lib{NativeMethods.Library}.so. It is built together with the stand-in where "
                + "cmake, g++ and libtorch are installed, and needs libtorch to run; on Debian eng/libtorch.sh installs them.");
        }
        loaded = true;
    }

    private sealed class GradientMode : IDisposable
    {
        private readonly int before = NativeMethods.standin_grad_enabled();

        public GradientMode(bool enabled) => NativeMethods.standin_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.standin_set_grad_enabled(before);
    }
}
