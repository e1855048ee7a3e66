using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace RnnLm.Pipelines;

/// <summary>
/// Bytes as text, 15 bits in a character: 15 bytes are 8 characters, from U+3400 to U+B3FF. Among these there is no quotation mark, no
/// backslash, no control character and no surrogate, so that the text may stand in a literal and be handled by whatever handles text.
/// </summary>
internal static class PackedText
{
    public const int BytesInBlock = 15;
    public const int CharactersInBlock = 8;

    /// <summary>The character that stands for 15 bits of zero.</summary>
    public const char Zero = '\u3400';

    private const int Bits = 15;
    private const ulong Mask = (1 << Bits) - 1;

    /// <summary>The number of characters that bytes take.</summary>
    public static long CharactersFor(long bytes) => ((8 * bytes) + Bits - 1) / Bits;

    /// <summary>Whether a text may be of this kind, by how it begins.</summary>
    public static bool Begins(ReadOnlySpan<char> text) => !text.IsEmpty && (uint)(text[0] - Zero) <= Mask;

    /// <summary>Whether a text consists of these characters alone.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(Zero, (char)(Zero + Mask));

    /// <summary>Writes whole blocks.</summary>
    /// <param name="bytes">The bytes: a multiple of <see cref="BytesInBlock"/>.</param>
    /// <param name="text">Receives <see cref="CharactersInBlock"/> characters for each block.</param>
    // Optimised from the first call on: a process that saves one model makes few calls, each over much.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        for (; !bytes.IsEmpty; bytes = bytes[BytesInBlock..], text = text[CharactersInBlock..])
        {
            // The two overlap in the seventh byte, counted from 0.
            var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(BytesInBlock - sizeof(ulong))..]) >> 4;
            for (var i = 0; i < CharactersInBlock / 2; i++)
            {
                text[i] = (char)(Zero + ((low >> (Bits * i)) & Mask));
                text[i + (CharactersInBlock / 2)] = (char)(Zero + ((high >> (Bits * i)) & Mask));
            }
        }
    }

    /// <summary>Reads whole blocks.</summary>
    /// <param name="text">The characters: a multiple of <see cref="CharactersInBlock"/>.</param>
    /// <param name="bytes">Receives <see cref="BytesInBlock"/> bytes for each block.</param>
    /// <returns>Whether every character was one of these.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryUnpack(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var all = 0u;
        for (; !text.IsEmpty; text = text[CharactersInBlock..], bytes = bytes[BytesInBlock..])
        {
            ulong low = 0, high = 0;
            for (var i = 0; i < CharactersInBlock / 2; i++)
            {
                var (first, second) = ((uint)(text[i] - Zero), (uint)(text[i + (CharactersInBlock / 2)] - Zero));
                all |= first | second;
                low |= (ulong)first << (Bits * i);
                high |= (ulong)second << (Bits * i);
            }
            // low and high have 60 bits each.
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, low | (high << 60));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(BytesInBlock - sizeof(ulong))..], (low >> 56) | (high << 4));
        }
        return all <= Mask;
    }
}
