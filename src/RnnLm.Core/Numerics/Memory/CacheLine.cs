namespace RnnLm.Numerics;

/// <summary>What a processor moves between memory and its caches at a time.</summary>
internal static class CacheLine
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 64;

    /// <summary>The single-precision numbers in it.</summary>
    public const int Length = Size / sizeof(float);
}
