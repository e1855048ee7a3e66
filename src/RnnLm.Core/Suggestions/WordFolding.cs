using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>Writes words so that those are alike which a person takes for the same while he types: in lower case, with the plain apostrophe.</summary>
internal static class WordFolding
{
    /// <summary>A word as it is compared, of as many code units as before. Whatever it consists of, it is taken.</summary>
    public static string Of(ReadOnlySpan<char> word) => string.Create(word.Length, word, Write);

    private static void Write(Span<char> destination, ReadOnlySpan<char> word)
    {
        var data = CharacterData.Instance;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            destination[i] = c switch
            {
                _ when char.IsAscii(c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c,
                '\u2019' => '\'', // ’
                'Σ' or 'ς' => 'σ',
                _ when char.IsSurrogate(c) => c,
                _ => (char)data.LowerCaseOf(c),
            };
        }
    }
}
