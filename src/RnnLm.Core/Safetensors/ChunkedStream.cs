namespace RnnLm.Safetensors;

/// <summary>
/// What another stream gave, kept in pieces in memory and read once from beginning to end. Memory grows with what the other stream
/// really gives, not with what is asked of it.
/// </summary>
internal sealed class ChunkedStream : Stream
{
    private const int ChunkSize = 1 << 16;

    private readonly Queue<byte[]> chunks = new();
    private readonly long length;
    private int placeInChunk;
    private long position;

    /// <summary>Reads up to so many bytes of another stream; fewer where it ends before.</summary>
    public ChunkedStream(Stream source, long count)
    {
        while (length < count)
        {
            var chunk = new byte[Math.Min(ChunkSize, count - length)];
            var read = source.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            chunks.Enqueue(chunk);
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
        if (position == length) return 0;
        var chunk = chunks.Peek();
        var count = (int)Math.Min(Math.Min(buffer.Length, chunk.Length - placeInChunk), length - position);
        chunk.AsSpan(placeInChunk, count).CopyTo(buffer);
        placeInChunk += count;
        position += count;
        if (placeInChunk == chunk.Length)
        {
            chunks.Dequeue();
            placeInChunk = 0;
        }
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
