using System.Text;

namespace RnnLm.Text;

/// <summary>
/// The smallest pieces: the bytes of UTF-8, each spelled as one character that can be seen, as GPT-2's vocabulary has it (Radford et al. 2019). A byte that ends a
/// word is another piece than the same byte inside, with <see cref="WordEnd"/> behind it (Sennrich, Haddow and Birch 2016).
/// </summary>
internal static class ByteAlphabet
{
    /// <summary>What the spelling of a piece ends with that ends a word.</summary>
    public const string WordEnd = "</w>";

    // Bytes of UTF-8 are 00 to BF and C2 to F4; a character ends with one of the former.
    private const int ThatMayEnd = 0xC0;
    private const int FirstLeading = 0xC2;
    private const int LastLeading = 0xF4;
    private const int Inside = ThatMayEnd + LastLeading - FirstLeading + 1;

    /// <summary>How many pieces of one byte there are.</summary>
    public const int Count = Inside + ThatMayEnd;

    private static readonly char[] Characters = CreateCharacters();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(value => Characters[value], value => (byte)value);

    /// <summary>The pieces of one byte in the order of their numbers: those inside of words, then those that end one.</summary>
    public static IEnumerable<string> Pieces => Enumerable.Range(0, 256).Where(value => IsOfUtf8((byte)value)).Select(value => Characters[value].ToString())
        .Concat(Enumerable.Range(0, ThatMayEnd).Select(value => Characters[value] + WordEnd));

    /// <summary>The number of a byte inside of a word.</summary>
    public static int NumberOf(byte value) => value < ThatMayEnd ? value : value - (FirstLeading - ThatMayEnd);

    /// <summary>The number of the last byte of a word.</summary>
    public static int NumberOfLast(byte value) => Inside + value;

    /// <summary>Whether a piece ends a word.</summary>
    public static bool EndsWord(ReadOnlySpan<char> piece) => piece.EndsWith(WordEnd, StringComparison.Ordinal);

    /// <summary>A piece without the mark of the end of a word.</summary>
    public static ReadOnlySpan<char> WithoutEnd(ReadOnlySpan<char> piece) => EndsWord(piece) ? piece[..^WordEnd.Length] : piece;

    /// <summary>The byte that a character spells.</summary>
    public static bool TryByteOf(char spelled, out byte value) => Bytes.TryGetValue(spelled, out value);

    /// <summary>The bytes of a text, spelled as pieces are.</summary>
    public static string Spell(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(bytes.Length, bytes, (spelled, values) =>
        {
            for (var i = 0; i < spelled.Length; i++) spelled[i] = Characters[values[i]];
        });
    }

    private static bool IsOfUtf8(byte value) => value is < ThatMayEnd or (>= FirstLeading and <= LastLeading);

    /// <summary>Bytes that are printable characters of Latin-1 spell themselves; the others are the characters from U+0100 on, in their order.</summary>
    private static char[] CreateCharacters()
    {
        var characters = new char[256];
        var next = '\u0100';
        for (var value = 0; value < characters.Length; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : next++;
        return characters;
    }
}
