using System.Runtime.InteropServices;

namespace RnnLm.Numerics;

/// <summary>
/// Zeroed memory that begins on a cache line and does not move, so that no vector of it straddles two lines. It lies outside the garbage
/// collector's heap, where a large buffer can have huge pages and is not touched before it is written.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private readonly void* memory;
    private readonly nint bytes;

    /// <summary>Room for <paramref name="length"/> elements.</summary>
    public AlignedBuffer(int length)
    {
        Length = length;
        var alignment = (nint)length * sizeof(float) >= HugePages.Size ? HugePages.Size : CacheLine.Size;
        bytes = ((nint)length * sizeof(float)) + alignment;
        memory = NativeMemory.AllocZeroed((nuint)bytes);
        GC.AddMemoryPressure(bytes);
        Pointer = (float*)(((nint)memory + alignment - 1) & -alignment);
        HugePages.Advise(Pointer, (nint)length * sizeof(float));
    }

    /// <summary>Gives the memory back.</summary>
    ~AlignedBuffer()
    {
        if (memory == null) return;
        NativeMemory.Free(memory);
        GC.RemoveMemoryPressure(bytes);
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The first element; valid while this object is alive.</summary>
    public float* Pointer { get; }
}
