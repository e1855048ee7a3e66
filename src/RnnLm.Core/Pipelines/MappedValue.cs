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
            if (!bytes.GetBuffer().AsSpan().StartsWith("CML\0DVB\0"u8)) throw Damaged();
            InflationRoom.Copy(stream, bytes, entry.Length - HeadLength);
        }
        if (bytes.Length != entry.Length) throw Damaged();
        try
        {
            return BlockOf(bytes, room) is { } block ? TextsIn(block) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException)
        {
            throw Damaged();
        }
    }

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
        var all = block[((5 + count) * sizeof(int))..];
        while (all[0] > sbyte.MaxValue) all = all[1..];
        all = all[1..];
        var texts = new ReadOnlyMemory<char>[count];
        for (int i = 0, begin = 0; i < count; i++)
        {
            var end = Number(block, 5 + i);
            texts[i] = Encoding.UTF8.GetString(all[begin..end]).AsMemory();
            begin = end;
        }
        return texts;

        static int Number(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadInt32LittleEndian(block[(index * sizeof(int))..]);
    }

    private static InvalidDataException Damaged() => new($"This ML.NET model file is damaged: its entry \"{EntryName}\" cannot be read.");
}
