using Microsoft.Win32.SafeHandles;

namespace TorchSharp.Interop;

/// <summary>Owns a tensor of libtorch.</summary>
internal sealed class TensorHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public TensorHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>No tensor, where an argument may be left out.</summary>
    public static TensorHandle None { get; } = new();

    protected override bool ReleaseHandle()
    {
        NativeMethods.standin_tensor_free(handle);
        return true;
    }
}
