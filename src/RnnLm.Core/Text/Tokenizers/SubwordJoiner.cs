using System.Text;

namespace RnnLm.Text;

/// <summary>Writes pieces of words: their bytes, one after the other, read as UTF-8. Bytes that are no text, which a model may give, are written as U+FFFD.</summary>
/// <param name="text">Receives the text.</param>
internal sealed class SubwordJoiner(StringBuilder text) : WordJoiner(text)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private bool isSpaced; // white space, or the beginning of a line, stands for the space before the next word

    public override void Follow(ReadOnlySpan<char> typed, string? lastButOne, string? last) => isSpaced = typed.IsEmpty || char.IsWhiteSpace(typed[^1]);

    public override void Add(string word)
    {
        Span<byte> one = stackalloc byte[1];
        foreach (var spelled in ByteAlphabet.WithoutEnd(word))
        {
            if (ByteAlphabet.TryByteOf(spelled, out one[0]))
            {
                if (!isSpaced || one[0] != (byte)' ') Write(one, flush: false);
            }
            else
            {
                // No piece has it: it is of a special word, or of whatever somebody has put in.
                Write([], flush: true);
                Text.Append(spelled);
            }
            isSpaced = false;
        }
    }

    public override void Finish() => Write([], flush: true);

    protected override void BeginLine() => isSpaced = true;

    private void Write(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> characters = stackalloc char[4];
        var count = decoder.GetChars(bytes, characters, flush);
        Text.Append(characters[..count]);
    }
}
