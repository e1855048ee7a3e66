using System.Runtime.InteropServices;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>Word ids that are collected in a temporary file beside the one that will have them, which is removed at the end.</summary>
internal sealed class IdFile : IDisposable
{
    private const int IdsInPiece = 1 << 18;

    private readonly string path;
    private readonly TemporaryFile temporary;

    /// <param name="path">The file that will have them.</param>
    public IdFile(string path)
    {
        this.path = path;
        var place = FileIdentity.RealPathOf(path);
        if (FileIdentity.IsDevice(place)) throw new IOException($"\"{path}\" cannot be written: it is a device. A corpus is mapped into memory, so name a file.");
        AtomicFile.CheckWritable(path);
        temporary = TemporaryFile.Create(place, FileSystem.OwnerAlone, bytes: 0, FileSystem.Real);
    }

    /// <summary>Takes some of the ids.</summary>
    public delegate void PieceReader(ReadOnlySpan<int> piece);

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds ids behind those that there are.</summary>
    /// <exception cref="InvalidOperationException">They are more than a stream holds.</exception>
    /// <exception cref="IOException">They cannot be written; the message names the file that will have them.</exception>
    public void Add(ReadOnlySpan<int> ids)
    {
        Count += ids.Length;
        if (Count > Array.MaxLength) throw new InvalidOperationException($"The text has more than {Array.MaxLength} words and ends of lines, the most that a corpus holds. Split the text.");
        try
        {
            temporary.Stream.Write(MemoryMarshal.AsBytes(ids));
            temporary.Stream.Flush();
        }
        catch (Exception fault)
        {
            if (FileSystem.WhyNotWritten(fault, "a temporary file beside it") is not { } why) throw;
            throw new IOException($"\"{path}\" cannot be written: {why}", fault);
        }
    }

    /// <summary>Hands over all of them, piece after piece.</summary>
    public void ForEachPiece(PieceReader read)
    {
        using var stream = FileSystem.Real.Open(temporary.Path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
        var ids = new int[Math.Min(Count, IdsInPiece)];
        for (var left = Count; left > 0; left -= ids.Length)
        {
            var piece = ids.AsSpan(0, (int)Math.Min(left, ids.Length));
            stream.ReadExactly(MemoryMarshal.AsBytes(piece));
            read(piece);
        }
    }

    public void Dispose() => temporary.Dispose();
}
