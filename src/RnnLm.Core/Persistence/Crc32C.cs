using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnLm.Persistence;

/// <summary>The CRC-32C checksum (Castagnoli; RFC 3720, appendix B.4) of bytes that come in pieces.</summary>
internal struct Crc32C
{
    private uint inverted;

    /// <summary>The checksum of everything appended so far.</summary>
    public readonly uint Value => inverted ^ 0xFFFFFFFF;

    /// <summary>The checksum of nothing, to which bytes can be appended.</summary>
    public static Crc32C Start() => new() { inverted = 0xFFFFFFFF };

    /// <summary>Appends bytes.</summary>
    // Optimised from the first call on: a process that loads one model makes few calls, each over much.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = inverted;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var single in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, single);
        inverted = crc;
    }

    /// <inheritdoc/>
    /// <remarks>Eight hexadecimal digits.</remarks>
    public override readonly string ToString() => Value.ToString("x8", CultureInfo.InvariantCulture);
}
