namespace RnnLm.Fuzz.Targets;

/// <summary>Bytes from a stream that cannot seek, which comes in small pieces.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="greatestPiece">The most that it gives at a time.</param>
internal sealed class OneWayStream(byte[] bytes, int greatestPiece) : Stream
{
    private int place;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var piece = bytes.AsSpan(place, Math.Min(Math.Min(buffer.Length, greatestPiece), bytes.Length - place));
        piece.CopyTo(buffer);
        place += piece.Length;
        return piece.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
