using System.Globalization;
using System.Text;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Makes every character a word: a character as a reader sees it, which is a Unicode text element (an extended grapheme cluster of
/// UAX #29, as the running .NET knows them), so that a letter with its accents or an emoji sequence is one word. White space is a
/// character like any other and a word of its own; words such as <c>&lt;unk&gt;</c> written in the text are so many characters.
/// Words are joined with nothing between them, which gives the text back exactly, in Normalization Form C and but for half surrogate pairs.
/// </summary>
public sealed class CharacterTokenizer : Tokenizer
{
    internal const string KindName = "characters";

    internal CharacterTokenizer(bool normalizesUnicode)
        : base(normalizesUnicode)
        => Settings = TokenizerKind.SettingsOf(KindName, normalizesUnicode);

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; }

    internal override WordJoiner CreateJoiner(StringBuilder text) => new SeparatedJoiner(text, "");

    private protected override void Split(ReadOnlySpan<char> text, TokenHandler handler)
    {
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            handler(text[..length]);
            text = text[length..];
        }
    }
}
