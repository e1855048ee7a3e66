using System.Runtime.InteropServices;

namespace RnnLm.PyTorch;

/// <summary>Floating-point values of the types that weights come in, as 32-bit ones.</summary>
internal static class TensorValues
{
    public const string Types = "F32, F64, F16, BF16";

    /// <summary>Whether values of a type can be read.</summary>
    public static bool CanRead(string type) => Types.Split(", ").Contains(type);

    /// <summary>Converts values.</summary>
    /// <param name="type">A type that can be read.</param>
    /// <param name="bytes">The values, little-endian.</param>
    /// <param name="destination">Receives them, as many as there are.</param>
    public static void Convert(string type, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (type)
        {
            case "F32":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case "F64":
                var doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = (float)doubles[i];
                break;
            case "F16":
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = (float)halves[i];
                break;
            case "BF16":
                // The upper half of a 32-bit number.
                var upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                throw new ArgumentException($"The type {type} cannot be read; {Types} can.", nameof(type));
        }
    }
}
