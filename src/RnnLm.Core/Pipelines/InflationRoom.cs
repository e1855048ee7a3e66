namespace RnnLm.Pipelines;

/// <summary>
/// How much the compressed parts of a file may inflate to, all together. Weights and words are compressed to a third at best; what is said to become a
/// hundred times as long as the whole file was made to take memory.
/// </summary>
/// <param name="fileLength">The number of bytes of the file.</param>
internal sealed class InflationRoom(long fileLength)
{
    private const long Least = 1 << 26;
    private const int GreatestRatio = 100;
    private const int BytesAtATime = 1 << 16;

    private readonly long all = Math.Max(Least, GreatestRatio * fileLength);
    private long taken;

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
