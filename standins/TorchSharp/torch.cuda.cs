using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count()
        {
            LoadNativeBackend();
            return Native.Number(NativeMethods.standin_cuda_device_count());
        }
    }
}
