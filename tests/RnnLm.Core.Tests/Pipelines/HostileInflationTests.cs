using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using RnnLm.Pipelines;
using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.Pipelines;

/// <summary>Archives of a few kilobytes that inflate to gigabytes.</summary>
public sealed class HostileInflationTests : IDisposable
{
    private const int Largest = 1 << 26; // of a step that is read
    private const int MostInflated = (1 << 26) + (1 << 22);

    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    private string Zip => Path.Combine(folder, "pipeline.zip");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Steps_of_others_are_not_inflated_beyond_their_heads()
    {
        Create(archive =>
        {
            for (var step = 0; step < 2; step++) Add(archive, $"Step_{step}/Model.key", "ML\0MODEL"u8.ToArray(), Largest);
        });
        AssertRefused("There is none in it", SparseFile.MostAllocated);
    }

    [Fact]
    public void A_payload_that_becomes_a_hundred_times_as_long_as_its_file_is_refused()
    {
        var literal = new string('\u3400', 10_000_000); // 15 bits of zero each
        Create(archive =>
        {
            for (var step = 0; step < 5; step++) Add(archive, $"Chain/Step_{step:d3}/Model.key", LiteralOf(literal), 0);
        });
        Assert.InRange(new FileInfo(Zip).Length, 0, 1_000_000);
        // The first three fit into the room that every file has: their bytes, and their text.
        AssertRefused("It would inflate to more than 67108864 bytes", 5L * MostInflated);
    }

    [Fact]
    public void Text_that_is_not_packed_is_refused_with_its_first_piece()
    {
        var literal = new string('\u3400', 8) + new string('\0', 1_000_000);
        Create(archive =>
        {
            for (var step = 0; step < 5; step++) Add(archive, $"Chain/Step_{step:d3}/Model.key", LiteralOf(literal), 0);
        });
        AssertRefused("the text of what it carries was altered or cut short", 5_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dictionary_that_becomes_a_hundred_times_as_long_as_its_file_is_refused(bool isInner)
    {
        Create(archive =>
        {
            Add(archive, "Chain/Step_000/Model.key", MemoryMarshal.AsBytes(CarriedPayload.ColumnName.AsSpan()).ToArray(), 0);
            Add(archive, "Chain/Step_000/DefaultMap.idv", isInner ? DictionaryOf(80_000_000) : "CML\0DVB\0"u8.ToArray(), isInner ? 0 : 80_000_000);
        });
        Assert.InRange(new FileInfo(Zip).Length, 0, 500_000);
        AssertRefused("It would inflate to more than 67108864 bytes", 5L * MostInflated);
    }

    private void AssertRefused(string reason, long most) => SparseFile.AssertRefusedCheaply(() => LanguageModel.LoadFromPipeline(Zip), reason, most);

    private void Create(Action<ZipArchive> fill)
    {
        using var archive = new ZipArchive(File.Create(Zip), ZipArchiveMode.Create);
        fill(archive);
    }

    /// <summary>Adds an entry of some bytes, and zeros up to a length.</summary>
    private static void Add(ZipArchive archive, string name, byte[] beginning, int length)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(beginning);
        if (length > beginning.Length) stream.Write(new byte[length - beginning.Length]);
    }

    /// <summary>The entry of a step that carries a piece of a payload.</summary>
    private static byte[] LiteralOf(string text)
    {
        string[] strings = [LiteralStep.Before + text + LiteralStep.After, $"{CarriedPayload.ColumnName}.0"];
        var table = new byte[sizeof(long) * strings.Length];
        for (int i = 0, end = 0; i < strings.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(table.AsSpan(sizeof(long) * i), end += sizeof(char) * strings[i].Length);
        var characters = MemoryMarshal.AsBytes(string.Concat(strings).AsSpan());
        var head = new byte[256];
        "ML\0MODEL"u8.CopyTo(head);
        "ExprTransform\0"u8.CopyTo(head.AsSpan(80));
        foreach (var (place, number) in (IEnumerable<(int, long)>)[(32, head.Length), (40, table.Length), (48, head.Length + table.Length), (56, characters.Length)])
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(place), number);
        return [.. head, .. table, .. characters];
    }

    /// <summary>A dictionary whose one block is compressed once more.</summary>
    private static byte[] DictionaryOf(int length)
    {
        using var block = new MemoryStream();
        using (var deflated = new DeflateStream(block, CompressionLevel.Optimal, leaveOpen: true)) deflated.Write(new byte[length]);
        using var columns = new MemoryStream();
        using (var writer = new BinaryWriter(columns, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("Value");
            writer.Write("VBuffer");
            writer.Write7BitEncodedInt(0);
            writer.Write((byte)1);
            writer.Write7BitEncodedInt(1);
            writer.Write(256L);
            writer.Write(0L);
        }
        var head = new byte[256];
        "CML\0DVB\0"u8.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(24), head.Length + 12 + block.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(48), 1);
        var where = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(where, head.Length + where.Length);
        BinaryPrimitives.WriteInt32LittleEndian(where.AsSpan(8), (int)block.Length);
        return [.. head, .. where, .. block.ToArray(), .. columns.ToArray()];
    }
}
