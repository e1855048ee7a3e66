namespace RnnLm.Pipelines;

/// <summary>The bytes that pieces of packed text stand for, unpacked as they are read.</summary>
internal sealed class PackedTextReader : Stream
{
    private readonly ReadOnlyMemory<char>[] pieces;
    private readonly long[] starts; // of each piece, in bytes, with the length of all at the end
    private readonly byte[] block = new byte[PackedText.BytesInBlock];
    private long length;
    private long position;
    private int piece;

    /// <param name="pieces">The pieces; each but the last consists of whole blocks.</param>
    /// <exception cref="InvalidDataException">One does not.</exception>
    public PackedTextReader(ReadOnlySpan<ReadOnlyMemory<char>> pieces)
    {
        this.pieces = pieces.ToArray();
        starts = new long[pieces.Length + 1];
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i + 1 < pieces.Length && pieces[i].Length % PackedText.CharactersInBlock != 0) throw Damaged();
            starts[i + 1] = starts[i] + ((long)pieces[i].Length * PackedText.BytesInBlock / PackedText.CharactersInBlock);
            Characters += pieces[i].Length;
        }
        length = starts[^1];
    }

    /// <summary>What is told of text that is not as it was written.</summary>
    public static InvalidDataException Damaged() => new("This ML.NET model file is damaged: the text of what it carries was altered or cut short.");

    /// <summary>The number of characters.</summary>
    public long Characters { get; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>The number of bytes, the last of which may stand for nothing.</summary>
    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
            piece = 0;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">There are other characters in the text.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        buffer = buffer[..(int)Math.Min(buffer.Length, Math.Max(0, length - position))];
        while (read < buffer.Length)
        {
            while (position >= starts[piece + 1]) piece++;
            read += ReadFrom(pieces[piece].Span, position - starts[piece], buffer[read..]);
        }
        return read;

        int ReadFrom(ReadOnlySpan<char> text, long from, Span<byte> destination)
        {
            var (index, inside) = ((int)(from / PackedText.BytesInBlock), (int)(from % PackedText.BytesInBlock));
            text = text[(index * PackedText.CharactersInBlock)..];
            var whole = Math.Min(text.Length / PackedText.CharactersInBlock, destination.Length / PackedText.BytesInBlock);
            int count;
            if (inside == 0 && whole > 0)
            {
                count = whole * PackedText.BytesInBlock;
                Unpack(text[..(whole * PackedText.CharactersInBlock)], destination);
            }
            else
            {
                var available = UnpackOne(text);
                count = Math.Min(available - inside, destination.Length);
                block.AsSpan(inside, count).CopyTo(destination);
            }
            position += count;
            return count;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => length,
    };

    public override void Flush()
    {
    }

    /// <summary>Leaves out what stands for nothing at the end.</summary>
    /// <param name="value">The number of bytes, no more than there are.</param>
    public override void SetLength(long value) => length = value;

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Unpacks the first block, which at the end of a text may be shorter.</summary>
    /// <returns>The number of its bytes.</returns>
    private int UnpackOne(ReadOnlySpan<char> text)
    {
        Span<char> characters = stackalloc char[PackedText.CharactersInBlock];
        characters.Fill(PackedText.Zero);
        var count = Math.Min(text.Length, characters.Length);
        text[..count].CopyTo(characters);
        Unpack(characters, block);
        return count * PackedText.BytesInBlock / PackedText.CharactersInBlock;
    }

    private static void Unpack(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (!PackedText.TryUnpack(text, bytes)) throw Damaged();
    }
}
