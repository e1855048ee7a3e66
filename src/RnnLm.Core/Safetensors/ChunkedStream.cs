namespace RnnLm.Safetensors;

/// <summary>
/// What another stream gave, kept in pieces in memory and read once from beginning to end, before which any part of it may be looked at. Memory grows with
/// what the other stream really gives, not with what is asked of it.
/// </summary>
internal sealed class ChunkedStream : Stream
{
    private const int ChunkSize = 1 << 16;

    private readonly List<byte[]> chunks = []; // all but the last of ChunkSize; those that have been read are empty
    private readonly long length;
    private long position;

    /// <summary>Reads up to so many bytes of another stream; fewer where it ends before.</summary>
    public ChunkedStream(Stream source, long count)
    {
        while (length < count)
        {
            var chunk = new byte[Math.Min(ChunkSize, count - length)];
            var read = source.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            chunks.Add(chunk);
            length += read;
            if (read < chunk.Length) break;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = ReadAt(position, buffer);
        position += read;
        if (read > 0 && position % ChunkSize == 0) chunks[(int)(position / ChunkSize) - 1] = [];
        return read;
    }

    /// <summary>Reads some of the bytes that lie at a place, and leaves the stream where it is.</summary>
    /// <param name="place">The place, not before <see cref="Position"/>.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <returns>Their number; 0 at the end.</returns>
    public int ReadAt(long place, Span<byte> buffer)
    {
        if (place >= length) return 0;
        var (chunk, start) = ((int)(place / ChunkSize), (int)(place % ChunkSize));
        var count = (int)Math.Min(Math.Min(buffer.Length, chunks[chunk].Length - start), length - place);
        chunks[chunk].AsSpan(start, count).CopyTo(buffer);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
