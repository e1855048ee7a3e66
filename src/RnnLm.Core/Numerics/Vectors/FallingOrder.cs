using System.Buffers;

namespace RnnLm.Numerics;

/// <summary>Sorts the indices of a vector by its elements, where most of them are wanted: a heap would meet its elements all over the memory.</summary>
internal static class FallingOrder
{
    private const uint SignBit = 0x8000_0000;

    /// <summary>The indices of the greatest elements in falling order, of equal elements the first first; a NaN is left out.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="indices">Receives the indices, as many as it holds or there are.</param>
    /// <returns>The number of indices written.</returns>
    public static int Take(ReadOnlySpan<float> x, Span<int> indices)
    {
        // key: how far the element is from the greatest number there is, and its index
        var room = ArrayPool<ulong>.Shared.Rent(x.Length);
        var count = 0;
        for (var i = 0; i < x.Length; i++)
            if (!float.IsNaN(x[i])) room[count++] = ((ulong)~RankOf(x[i]) << 32) | (uint)i;
        room.AsSpan(0, count).Sort();
        count = Math.Min(count, indices.Length);
        for (var i = 0; i < count; i++) indices[i] = (int)(uint)room[i];
        ArrayPool<ulong>.Shared.Return(room);
        return count;
    }

    /// <summary>A number that is greater where the element is, and equal for both zeros.</summary>
    private static uint RankOf(float element)
    {
        var bits = BitConverter.SingleToUInt32Bits(element + 0f);
        return (bits & SignBit) != 0 ? ~bits : bits | SignBit;
    }
}
