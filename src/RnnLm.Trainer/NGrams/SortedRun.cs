using System.Runtime.InteropServices;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>Sorted n-grams in a temporary file, which goes with the object and with the process.</summary>
internal sealed class SortedRun : SortedCounts
{
    private const string Name = "rnnlm-ngrams";
    private const int BufferSize = 1 << 16;

    private readonly TemporaryFile file;
    private readonly int length;
    private readonly byte[] buffer; // of whole records: the words, then the count
    private FileStream? reader;
    private int place;
    private int end;

    private SortedRun(TemporaryFile file, int length)
    {
        this.file = file;
        this.length = length;
        buffer = new byte[BufferSize / RecordLength * RecordLength];
        place = -RecordLength;
    }

    public override ReadOnlySpan<int> Words => MemoryMarshal.Cast<byte, int>(buffer.AsSpan(place, sizeof(int) * length));

    public override long Count => MemoryMarshal.Read<long>(buffer.AsSpan(place + (sizeof(int) * length)));

    private int RecordLength => (sizeof(int) * length) + sizeof(long);

    /// <summary>Writes n-grams to a file.</summary>
    /// <param name="counts">The n-grams.</param>
    /// <param name="length">The number of words of each.</param>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">The file cannot be written; the message names the folder.</exception>
    public static SortedRun Write(SortedCounts counts, int length, string folder, CancellationToken cancellation)
    {
        var run = default(SortedRun);
        try
        {
            run = new SortedRun(CreateFile(folder), length);
            run.Fill(counts, cancellation);
            return run;
        }
        catch (Exception fault)
        {
            run?.Dispose();
            if (FileSystem.WhyNotWritten(fault, "a file") is not { } why) throw;
            throw new IOException($"Counts that do not fit in memory cannot be kept in \"{folder}\": {why}", fault);
        }
    }

    /// <summary>Removes what killed processes left in a folder, which writing does too.</summary>
    public static void RemoveLeft(string folder)
    {
        try
        {
            if (Directory.EnumerateFiles(folder, $".{Name}.*").Any()) CreateFile(folder).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed is in nobody's way.
        }
    }

    public override bool MoveNext()
    {
        reader ??= FileSystem.Real.Open(file.Path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
        place += RecordLength;
        if (place < end) return true;
        end = reader.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        place = 0;
        return end > 0;
    }

    public override void Dispose()
    {
        reader?.Dispose();
        file.Dispose();
    }

    private static TemporaryFile CreateFile(string folder) => TemporaryFile.Create(Path.Join(folder, Name), FileSystem.OwnerAlone, bytes: 0, FileSystem.Real);

    private void Fill(SortedCounts counts, CancellationToken cancellation)
    {
        var used = 0;
        while (counts.MoveNext())
        {
            if (used == buffer.Length) Flush();
            var record = buffer.AsSpan(used, RecordLength);
            MemoryMarshal.AsBytes(counts.Words).CopyTo(record);
            MemoryMarshal.Write(record[(sizeof(int) * length)..], counts.Count);
            used += RecordLength;
        }
        Flush();

        void Flush()
        {
            cancellation.ThrowIfCancellationRequested();
            file.Stream.Write(buffer, 0, used);
            file.Stream.Flush();
            used = 0;
        }
    }
}
