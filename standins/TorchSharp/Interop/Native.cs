using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns what native functions return into tensors and exceptions.</summary>
internal static class Native
{
    /// <summary>The tensor that a native function made.</summary>
    /// <exception cref="ExternalException">It made none; the message is libtorch's.</exception>
    public static torch.Tensor Tensor(TensorHandle handle) => new(Made(handle));

    public static TensorHandle Made(TensorHandle handle)
    {
        if (!handle.IsInvalid) return handle;
        handle.Dispose();
        throw Error();
    }

    /// <summary>Throws where a native function says that it failed.</summary>
    public static void Check(int wentWell)
    {
        if (wentWell == 0) throw Error();
    }

    /// <summary>A number that a native function gave; -1 says that it failed.</summary>
    public static T Number<T>(T value)
        where T : System.Numerics.ISignedNumber<T>
        => value == T.NegativeOne ? throw Error() : value;

    /// <summary>The calling thread's last failure, or null where there is none.</summary>
    public static ExternalException? PendingError()
        => NativeMethods.standin_take_error() is var text and not 0 ? new ExternalException(Marshal.PtrToStringUTF8(text)) : null;

    private static ExternalException Error() => PendingError() ?? new ExternalException("libtorch failed without saying why.");
}
