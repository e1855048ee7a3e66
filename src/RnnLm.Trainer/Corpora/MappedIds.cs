using System.Buffers;
using System.IO.MemoryMappedFiles;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Word ids in a file that is mapped into memory: the system reads what of it is asked for, and forgets it where memory is short.</summary>
internal sealed unsafe class MappedIds : MemoryManager<int>
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly int count;
    private int* start; // null once it is closed

    /// <param name="stream">The file, which is closed with this.</param>
    /// <param name="offset">Where in it the ids begin, a multiple of 4.</param>
    /// <param name="count">How many there are, at least one.</param>
    /// <param name="memory">The bytes of memory there are, for this among others.</param>
    public MappedIds(FileStream stream, long offset, int count, long memory)
    {
        this.count = count;
        file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, offset + (count * (long)sizeof(int)), MemoryMappedFileAccess.Read);
        byte* first = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        start = (int*)(first + view.PointerOffset + offset);
        if (offset + (count * (long)sizeof(int)) > memory / 2) ReadOnlyWhatIsAskedFor();
    }

    public override Span<int> GetSpan()
    {
        ObjectDisposedException.ThrowIf(start is null, typeof(EncodedCorpus));
        return new Span<int>(start, count);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count, nameof(elementIndex));
        ObjectDisposedException.ThrowIf(start is null, typeof(EncodedCorpus));
        return new MemoryHandle(start + elementIndex);
    }

    public override void Unpin()
    {
        // It lies where it lies.
    }

    // Streams go on at many places by turns. What the system reads ahead at each, up to megabytes, pushes out what it has read for the others, where there is no room for all of it.
    private void ReadOnlyWhatIsAskedFor()
    {
        var first = (nint)start & -Environment.SystemPageSize;
        MemoryAdvice.Give(first, (nint)(start + count) - first, MemoryAdvice.Random);
    }

    protected override void Dispose(bool disposing)
    {
        if (start is null) return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
