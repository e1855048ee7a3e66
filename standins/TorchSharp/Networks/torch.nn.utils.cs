using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var handles = new TensorHandles(tensors);
                Native.Check(NativeMethods.standin_clip_grad_norm_(handles.Pointers, handles.Pointers.Length, max_norm, norm_type, out var norm));
                return norm;
            }
        }
    }
}
