using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RnnLm.Pipelines;

/// <summary>
/// The value of a step <c>MapValue</c> with one key, which carried payloads at first, as the entry of its dictionary has it: a table of one row
/// and two columns. A head of 256 bytes, in which it stands at byte 24 where the columns are described. A description: name; kind and parameters
/// of the values' form; how their block is compressed; rows in a block; where it stands, in 8 bytes, where the block lies and how long it is.
/// The block of a vector of text: 1, the vector's length, -1 and 0; the length again; where each text ends; how long
/// all are, in seven bits a byte; and the texts in UTF-8.
/// </summary>
internal static class MappedValue
{
    public const string EntryName = "DefaultMap.idv";

    private const int DescriptionPlace = 24;
    private const int ColumnCountPlace = 48;
    private const int HeadLength = 256;
    private const int MostColumns = 2;
    private const int FirstEnd = 5;
    private const string VectorForm = "VBuffer";

    /// <summary>The texts.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="room">The room that there is for what archives inflate to.</param>
    /// <returns>The texts; none where the value is no vector of text.</returns>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static ReadOnlyMemory<char>[]? Read(ZipArchiveEntry entry, InflationRoom room)
    {
        if (entry.Length is < HeadLength or > int.MaxValue) throw Damaged();
        room.Take(entry.Length);
        using var bytes = new MemoryStream((int)Math.Min(entry.Length, 1 << 20));
        using (var stream = entry.Open())
        {
            InflationRoom.Copy(stream, bytes, HeadLength);
            if (!IsOne(bytes)) throw Damaged();
            InflationRoom.Copy(stream, bytes, entry.Length - HeadLength);
        }
        return bytes.Length == entry.Length ? Read(bytes, room) : throw Damaged();
    }

    /// <summary>The texts in the bytes of an entry.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="room">The room that there is for what archives inflate to.</param>
    /// <returns>The texts; none where the value is no vector of text.</returns>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static ReadOnlyMemory<char>[]? Read(MemoryStream bytes, InflationRoom room)
    {
        if (!IsOne(bytes)) throw Damaged();
        try
        {
            return BlockOf(bytes, room) is { } block ? TextsIn(block) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException)
        {
            throw Damaged();
        }
    }

    private static bool IsOne(MemoryStream bytes) => bytes.GetBuffer().AsSpan(0, (int)bytes.Length).StartsWith("CML\0DVB\0"u8);

    private static byte[]? BlockOf(MemoryStream bytes, InflationRoom room)
    {
        var file = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var columns = BinaryPrimitives.ReadInt32LittleEndian(file[ColumnCountPlace..]);
        using var reader = new BinaryReader(bytes, Encoding.UTF8, leaveOpen: true);
        bytes.Position = BinaryPrimitives.ReadInt64LittleEndian(file[DescriptionPlace..]);
        for (var column = 0; column < columns && column < MostColumns; column++)
        {
            reader.ReadString();
            var form = reader.ReadString();
            var parameters = reader.Read7BitEncodedInt();
            bytes.Position += parameters;
            var isCompressed = reader.ReadByte() != 0;
            reader.Read7BitEncodedInt();
            var block = file[(int)reader.ReadInt64()..];
            reader.ReadInt64();
            if (form != VectorForm) continue;

            var (begin, length) = ((int)BinaryPrimitives.ReadInt64LittleEndian(block), BinaryPrimitives.ReadInt32LittleEndian(block[sizeof(long)..]));
            return isCompressed ? Inflate(bytes.GetBuffer(), begin, length, room) : file.Slice(begin, length).ToArray();
        }
        return null;
    }

    private static byte[] Inflate(byte[] bytes, int begin, int length, InflationRoom room)
    {
        using var inflated = new MemoryStream();
        using (var stream = new DeflateStream(new MemoryStream(bytes, begin, length), CompressionMode.Decompress))
            InflationRoom.Copy(stream, inflated, room.Left + 1);
        room.Take(inflated.Length);
        return inflated.ToArray();
    }

    private static ReadOnlyMemory<char>[]? TextsIn(ReadOnlySpan<byte> block)
    {
        var count = Number(block, 1);
        if (Number(block, 0) != 1 || Number(block, 2) != -1 || Number(block, 3) != 0 || Number(block, 4) != count) return null;
        if (count < 0 || count > (block.Length / sizeof(int)) - FirstEnd) throw Damaged();
        var all = block[((FirstEnd + count) * sizeof(int))..];
        var lastOfLength = all.IndexOfAnyInRange((byte)0, (byte)sbyte.MaxValue);
        if (lastOfLength < 0) throw Damaged();
        all = all[(lastOfLength + 1)..];
        var texts = new ReadOnlyMemory<char>[count];
        for (int i = 0, begin = 0; i < count; i++)
        {
            var end = Number(block, FirstEnd + i);
            texts[i] = Encoding.UTF8.GetString(all[begin..end]).AsMemory();
            begin = end;
        }
        return texts;

        static int Number(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadInt32LittleEndian(block[(index * sizeof(int))..]);
    }

    private static InvalidDataException Damaged() => new($"This ML.NET model file is damaged: its entry \"{EntryName}\" cannot be read.");
}
