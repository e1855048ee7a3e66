namespace RnnLm.Numerics;

/// <summary>Zeroed memory that begins on a cache line and does not move, so that no vector of it straddles two lines.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLine = 64;

    private readonly float[] values;

    /// <summary>Room for <paramref name="length"/> elements.</summary>
    public AlignedBuffer(int length)
    {
        Length = length;
        values = GC.AllocateArray<float>(checked(length + (CacheLine / sizeof(float))), pinned: true);
        fixed (float* first = values) Pointer = (float*)(((nint)first + CacheLine - 1) & -CacheLine);
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The first element; valid while this object is alive.</summary>
    public float* Pointer { get; }
}
