using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnLm.Training;

/// <summary>What of a processor decides in which order numbers are added, and so their last bits.</summary>
internal static class Processor
{
    /// <summary>This processor in words: <c>X64, registers of 512 bits, vectors of 256</c>.</summary>
    public static string Description
    {
        get
        {
            var registers = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
            return Invariant($"{RuntimeInformation.ProcessArchitecture}, registers of {registers} bits, vectors of {Vector<byte>.Count * 8}");
        }
    }
}
