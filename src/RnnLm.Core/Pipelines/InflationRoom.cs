using System.IO.Compression;
using RnnLm.Faults;

namespace RnnLm.Pipelines;

/// <summary>
/// How much the compressed parts of a file may inflate to, all together. Weights and words are compressed to a third at best; what is said to become a
/// hundred times as long as the whole file was made to take memory.
/// </summary>
internal sealed class InflationRoom
{
    /// <summary>How many bytes deflate makes of one at most.</summary>
    private const int GreatestInflation = 1032;

    private const long Least = 1 << 26;
    private const int GreatestRatio = 100;
    private const int BytesAtATime = 1 << 16;

    private readonly long fileLength;
    private readonly long all;
    private long taken;

    /// <param name="fileLength">The number of bytes of the file.</param>
    public InflationRoom(long fileLength) => (this.fileLength, all) = (fileLength, Math.Max(Least, GreatestRatio * fileLength));

    /// <summary>
    /// Looks at what an archive says of its entries before any memory is taken for them: entries that lie over one another would be more than there is, and
    /// one that is to become longer than it can is none.
    /// </summary>
    /// <param name="archive">The archive.</param>
    /// <param name="fileLength">The number of bytes of the file.</param>
    /// <exception cref="InvalidDataException">What it says cannot be.</exception>
    public InflationRoom(ZipArchive archive, long fileLength)
        : this(fileLength)
    {
        var total = (Int128)0;
        foreach (var entry in archive.Entries)
        {
            total += entry.CompressedLength;
            if (entry.Length > (Int128)GreatestInflation * entry.CompressedLength)
                throw new InvalidDataException($"Its entry {Quotation.Of(entry.FullName)} of {entry.CompressedLength} bytes is to become {entry.Length}, which cannot be.");
        }
        if (total > fileLength) throw new InvalidDataException($"Its entries have {total} bytes, and the file {fileLength}: it is cut short or altered.");
    }

    /// <summary>How many bytes there is room for yet.</summary>
    public long Left => all - taken;

    /// <summary>Takes room.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <exception cref="InvalidDataException">There is not so much.</exception>
    public void Take(long bytes)
    {
        taken += bytes;
        if (taken > all)
            throw new InvalidDataException($"It would inflate to more than {all} bytes, and has {fileLength} itself: it is damaged, or was made to do harm.");
    }

    /// <summary>Copies what a stream gives, and no more than so many bytes.</summary>
    public static void Copy(Stream source, Stream destination, long most)
    {
        var buffer = new byte[Math.Min(BytesAtATime, most)];
        for (int count; most > 0 && (count = source.Read(buffer, 0, (int)Math.Min(buffer.Length, most))) > 0; most -= count) destination.Write(buffer, 0, count);
    }
}
