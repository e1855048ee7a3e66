namespace RnnLm.Fuzz.Mutations;

/// <summary>Random choices that are the same for the same seed.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Dice(int seed)
{
    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 63, 64, 100, 127, 128, 255, 256, 1023, 4096, short.MaxValue, 65_535, 65_536, 1 << 24, (1 << 24) + 1, 1 << 30,
        int.MaxValue - 1, int.MaxValue, 1L + int.MaxValue, uint.MaxValue, 1L << 32, 1L << 62, long.MaxValue - 7, long.MaxValue, -1, -2, int.MinValue, long.MinValue,
    ];

    private readonly Random random = new(seed);

    /// <summary>Another input, of which parts may be taken over.</summary>
    public byte[] Donor { get; set; } = [];

    /// <summary>A whole number from 0 to below a limit; 0 where that is 0.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : random.Next(limit);

    /// <summary>Whether something comes true that does so many times in a hundred.</summary>
    public bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>One of some.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>A length that is short most often.</summary>
    public int ShortLength(int most) => Math.Min(most, 1 + Below(1 << Below(8)));

    /// <summary>A number that programs get wrong, or one near another.</summary>
    public long Number(long near = 0) => Chance(30) ? unchecked(near + Below(9) - 4) : Pick(Numbers);

    /// <summary>Random bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
