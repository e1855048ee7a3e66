namespace RnnLm.Persistence;

/// <summary>Another stream, which is read and written as long as nobody has cancelled that.</summary>
internal sealed class CancellableStream : Stream
{
    private readonly Stream inner;
    private readonly CancellationToken cancellation;

    private CancellableStream(Stream inner, CancellationToken cancellation) => (this.inner, this.cancellation) = (inner, cancellation);

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>The stream itself where it cannot be cancelled.</summary>
    public static Stream Of(Stream stream, CancellationToken cancellation) => cancellation.CanBeCanceled ? new CancellableStream(stream, cancellation) : stream;

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        return inner.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
