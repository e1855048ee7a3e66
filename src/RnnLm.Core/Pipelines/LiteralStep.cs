using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace RnnLm.Pipelines;

/// <summary>
/// A step <c>Expression</c> of ML.NET's whose value is packed text, as its entry in a saved pipeline has it: a head of 256 bytes, in which the kind
/// of step stands at byte 80, and at bytes 32, 40, 48 and 56 where a table of strings begins, its length, where their characters begin, and
/// their length. The table has for each string where it ends, in bytes of UTF-16 from the first; one of the strings is the expression.
/// </summary>
internal static class LiteralStep
{
    public const string EntryName = "Model.key";

    /// <summary>What stands before the literal in the expression.</summary>
    public const string Before = "(x) => \"";

    /// <summary>What stands after it.</summary>
    public const string After = "\"";

    private const int HeadLength = 256;
    private const int KindPlace = 80;
    private const int TablePlace = 32;
    private const int TableLengthPlace = 40;
    private const int CharactersPlace = 48;
    private const int CharactersLengthPlace = 56;
    private const int GreatestEntry = 1 << 26;

    /// <summary>The packed text. Of an entry of another step no more than the head is read.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="room">The room that there is for what archives inflate to.</param>
    /// <returns>The text; null where the entry is of another step.</returns>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static string? Read(ZipArchiveEntry entry, InflationRoom room)
    {
        if (entry.Length is < HeadLength or > GreatestEntry) return null;
        using var stream = entry.Open();
        Span<byte> head = stackalloc byte[HeadLength];
        stream.ReadExactly(head);
        if (!IsOne(head)) return null;

        room.Take(entry.Length);
        var bytes = new byte[entry.Length];
        head.CopyTo(bytes);
        stream.ReadExactly(bytes.AsSpan(HeadLength));
        return Read(bytes);
    }

    /// <summary>The packed text in the bytes of an entry.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The text; null where the entry is of another step.</returns>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static string? Read(byte[] bytes)
    {
        if (bytes.Length < HeadLength || !IsOne(bytes)) return null;
        var table = Part(bytes, TablePlace, TableLengthPlace);
        var characters = MemoryMarshal.Cast<byte, char>(Part(bytes, CharactersPlace, CharactersLengthPlace));
        var (literal, isPayload) = ((string?)null, false);
        for (long begin = 0, end; table.Length >= sizeof(long); table = table[sizeof(long)..], begin = end)
        {
            end = BinaryPrimitives.ReadInt64LittleEndian(table) / sizeof(char);
            if (end < begin || end > characters.Length) throw Damaged();
            var text = characters[(int)begin..(int)end];
            literal ??= LiteralIn(text);
            isPayload |= text.StartsWith($"{CarriedPayload.ColumnName}.");
        }
        if (!isPayload || literal is null) return null;
        // Before there are many of them: what is not there, as in a file with holes, is not packed text.
        return PackedText.IsOne(literal) ? literal : throw PackedTextReader.Damaged();
    }

    private static bool IsOne(ReadOnlySpan<byte> head) => head.StartsWith("ML\0MODEL"u8) && head[KindPlace..].StartsWith("ExprTransform\0"u8);

    private static string? LiteralIn(ReadOnlySpan<char> expression)
        => expression.StartsWith(Before) && expression.EndsWith(After) && PackedText.Begins(expression[Before.Length..])
            ? expression[Before.Length..^After.Length].ToString()
            : null;

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int place, int lengthPlace)
    {
        var (begin, length) = (BinaryPrimitives.ReadInt64LittleEndian(bytes[place..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[lengthPlace..]));
        return begin >= 0 && length >= 0 && begin <= bytes.Length - length ? bytes.Slice((int)begin, (int)length) : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("This ML.NET model file is damaged: a step's strings lie outside of its entry.");
}
