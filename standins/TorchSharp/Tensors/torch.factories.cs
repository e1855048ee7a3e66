using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Device DefaultDevice = new(DeviceType.CPU);

    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
        => CopyOf(rawArray, ScalarType.Float32, dimensions, dtype, device, requires_grad, names);

    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
        => CopyOf(rawArray, ScalarType.Int32, dimensions, dtype, device, requires_grad, names);

    private static unsafe Tensor CopyOf<T>(
        T[] values, ScalarType type, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("The stand-in for TorchSharp has no named dimensions.");
        var count = 1L;
        foreach (var size in shape) count *= size;
        if (count > values.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");

        device ??= DefaultDevice;
        InitializeDeviceType(device.type);
        fixed (T* first = values)
        fixed (long* sizes = shape)
        {
            return Native.Tensor(NativeMethods.standin_tensor_copy_of(
                first, (int)type, sizes, shape.Length, (int)(dtype ?? type), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }
}
