using System.Buffers;
using System.Text;

namespace Microsoft.ML.Runtime;

/// <summary>Text as the number of its characters and their UTF-8 bytes. Texts of millions of characters are written in pieces.</summary>
internal sealed class TextCodec : ValueCodec<ReadOnlyMemory<char>>
{
    private const int PieceLength = 1 << 16;

    public override void Write(BinaryWriter writer, in ReadOnlyMemory<char> value)
    {
        writer.Write(value.Length);
        writer.Write(Encoding.UTF8.GetByteCount(value.Span));
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(PieceLength));
        var encoder = Encoding.UTF8.GetEncoder();
        for (var start = 0; start < value.Length; start += PieceLength)
        {
            var piece = value.Span[start..Math.Min(start + PieceLength, value.Length)];
            var count = encoder.GetBytes(piece, bytes, flush: start + piece.Length == value.Length);
            writer.Write(bytes, 0, count);
        }
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public override ReadOnlyMemory<char> Read(BinaryReader reader)
    {
        int length = reader.ReadInt32(), byteCount = reader.ReadInt32();
        Fault.CheckFormat(length >= 0 && byteCount >= length);
        if (length == 0)
            return default;
        // Grows with what is really there, so that a damaged length cannot make it ask for more memory than the file can fill.
        var text = new StringBuilder(Math.Min(length, PieceLength));
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(PieceLength);
        var characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(PieceLength));
        while (byteCount > 0)
        {
            var count = reader.Read(bytes, 0, Math.Min(PieceLength, byteCount));
            Fault.CheckFormat(count > 0);
            byteCount -= count;
            text.Append(characters, 0, decoder.GetChars(bytes, 0, count, characters, 0, flush: byteCount == 0));
        }
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(characters);
        Fault.CheckFormat(text.Length == length);
        return text.ToString().AsMemory();
    }
}
