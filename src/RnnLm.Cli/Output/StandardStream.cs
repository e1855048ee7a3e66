namespace RnnLm.Cli.Output;

/// <summary>A standard stream that is written to. After the first failure, of which it tells, everything else is dropped.</summary>
/// <param name="inner">The stream; null where it is closed.</param>
/// <param name="failed">Is told why it cannot be written to; what it throws ends the write.</param>
sealed class StandardStream(Stream? inner, Action<Exception> failed) : Stream
{
    private bool hasFailed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (hasFailed) return;
        try
        {
            if (inner is null) throw new IOException("It is closed.");
            inner.Write(buffer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            hasFailed = true;
            failed(fault);
        }
    }

    public override void Flush()
    {
        // What is written has been handed on: the stream inside has no buffer.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
