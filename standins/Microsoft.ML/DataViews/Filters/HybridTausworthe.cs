namespace Microsoft.ML.Data;

/// <summary>
/// The random numbers by which ML.NET deals out rows to training and test set: three Tausworthe generators and a linear
/// congruential one, combined (L. Howes and D. Thomas, "Efficient Random Number Generation and Application Using CUDA",
/// GPU Gems 3, chapter 37).
/// </summary>
internal sealed class HybridTausworthe
{
    private uint first;
    private uint second;
    private uint third;
    private uint linear;

    public HybridTausworthe(uint seed)
    {
        first = seed;
        second = Murmur(first, seed);
        third = Murmur(second, seed);
        linear = Murmur(third, seed);
    }

    /// <summary>The next number in [0, 1).</summary>
    public float NextSingle()
    {
        first = Tausworthe(first, 13, 19, 12, ~1u);
        second = Tausworthe(second, 2, 25, 4, ~7u);
        third = Tausworthe(third, 3, 11, 17, ~15u);
        linear = 1664525 * linear + 1013904223;
        return ((first ^ second ^ third ^ linear) >> 9) * (1f / (1 << 23));
    }

    private static uint Tausworthe(uint state, int left, int right, int shift, uint mask)
        => (state & mask) << shift ^ (state << left ^ state) >> right;

    // One round of MurmurHash3 (x86, 32 bits).
    private static uint Murmur(uint hash, uint value)
    {
        value = uint.RotateLeft(value * 0xCC9E2D51, 15) * 0x1B873593;
        return uint.RotateLeft(hash ^ value, 13) * 5 + 0xE6546B64;
    }
}
