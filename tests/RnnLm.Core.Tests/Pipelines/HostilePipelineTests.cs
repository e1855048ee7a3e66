using System.Buffers.Binary;
using System.IO.Compression;
using RnnLm.Pipelines;

namespace RnnLm.Tests.Pipelines;

/// <summary>Zip archives that say of their entries what would take more memory or time than there is reason for.</summary>
public sealed class HostilePipelineTests
{
    private const int Directory = 0x02014b50;
    private const int End = 0x06054b50;

    [Theory]
    [InlineData("Steps/Model.key")]
    [InlineData("Steps/DefaultMap.idv")]
    [InlineData("Steps/Other")]
    public void An_entry_that_is_to_become_longer_than_it_can_takes_no_room(string name)
    {
        var zip = Zip(name);
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(PlaceOf(zip, Directory) + 24), 60_000_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(zip, $"Its entry \"{name}\" of 1000 bytes is to become 60000000, which cannot be.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Entries_that_lie_over_one_another_are_refused()
    {
        const int Times = 1000;
        var zip = Zip("Steps/Model.key");
        var (begin, end) = (PlaceOf(zip, Directory), PlaceOf(zip, End));
        byte[] many = [.. zip[..begin], .. Enumerable.Repeat(zip[begin..end], Times).SelectMany(entry => entry), .. zip[end..]];
        var at = PlaceOf(many, End);
        BinaryPrimitives.WriteInt16LittleEndian(many.AsSpan(at + 8), Times);
        BinaryPrimitives.WriteInt16LittleEndian(many.AsSpan(at + 10), Times);
        BinaryPrimitives.WriteInt32LittleEndian(many.AsSpan(at + 12), (end - begin) * Times);

        AssertRefused(many, "Its entries have 1000000 bytes, and the file");
    }

    private static byte[] Zip(string name)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(new byte[1000]);
        }
        return bytes.ToArray();
    }

    private static int PlaceOf(byte[] zip, int signature)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, signature);
        return zip.AsSpan().IndexOf(bytes);
    }

    private static void AssertRefused(byte[] zip, string reason)
        => Assert.Contains(
            reason, Assert.Throws<ModelFormatException>(() => PipelineFile.Read(new MemoryStream(zip), "pipeline.zip", null, null)).Message, StringComparison.Ordinal);
}
