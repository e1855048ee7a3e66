namespace RnnLm.Pipelines;

/// <summary>Takes bytes and makes pieces of packed text of them, each between two texts of the caller's, as in a literal.</summary>
/// <param name="before">What stands before each piece.</param>
/// <param name="after">What stands after each piece.</param>
/// <param name="blocksInPiece">The greatest number of blocks in a piece.</param>
internal sealed class PackedTextWriter(string before, string after, int blocksInPiece) : Stream
{
    private readonly List<string> pieces = [];
    private readonly byte[] block = new byte[PackedText.BytesInBlock];
    private readonly int charactersInPiece = blocksInPiece * PackedText.CharactersInBlock;
    private char[]? first; // the piece that the head is still to be written to
    private char[] piece = [];
    private int inPiece;
    private int inBlock;
    private long length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        length += buffer.Length;
        if (inBlock > 0)
        {
            Keep(ref buffer);
            if (inBlock < block.Length) return;
            Pack(block);
            inBlock = 0;
        }
        while (buffer.Length >= PackedText.BytesInBlock)
        {
            var bytes = Math.Min(buffer.Length / PackedText.BytesInBlock, (charactersInPiece - inPiece) / PackedText.CharactersInBlock) * PackedText.BytesInBlock;
            Pack(buffer[..bytes]);
            buffer = buffer[bytes..];
        }
        Keep(ref buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Ends the text.</summary>
    /// <param name="head">Takes the place of as many bytes at the beginning, which must be whole blocks in one piece.</param>
    /// <returns>The pieces.</returns>
    public string[] Finish(ReadOnlySpan<byte> head)
    {
        if (inBlock > 0)
        {
            block.AsSpan(inBlock).Clear();
            Pack(block);
            inPiece -= PackedText.CharactersInBlock - (int)PackedText.CharactersFor(inBlock);
        }
        var isFirst = first is null;
        PackedText.Pack(head, first ?? piece);
        if (!isFirst) pieces.Insert(0, TextOf(first!));
        if (inPiece > 0) pieces.Add(TextOf(piece.AsSpan(0, inPiece)));
        first = null;
        piece = [];
        return [.. pieces];
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Keep(ref ReadOnlySpan<byte> buffer)
    {
        var kept = buffer[..Math.Min(buffer.Length, block.Length - inBlock)];
        kept.CopyTo(block.AsSpan(inBlock));
        inBlock += kept.Length;
        buffer = buffer[kept.Length..];
    }

    /// <summary>Packs blocks that fit into the piece, and begins another where it is full.</summary>
    private void Pack(ReadOnlySpan<byte> blocks)
    {
        var characters = blocks.Length / PackedText.BytesInBlock * PackedText.CharactersInBlock;
        if (piece.Length < inPiece + characters) Array.Resize(ref piece, Math.Clamp(2 * piece.Length, inPiece + characters, charactersInPiece));
        PackedText.Pack(blocks, piece.AsSpan(inPiece));
        inPiece += characters;
        if (inPiece < charactersInPiece) return;
        if (first is null && pieces.Count == 0) (first, piece) = (piece, []);
        else pieces.Add(TextOf(piece));
        inPiece = 0;
    }

    private string TextOf(ReadOnlySpan<char> characters) => string.Concat(before, characters, after);
}
