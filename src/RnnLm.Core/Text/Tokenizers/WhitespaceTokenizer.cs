using System.Text;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Splits at Unicode white space (<see cref="char.IsWhiteSpace(char)"/>, the no-break space included) and nowhere else: the tokenizer
/// for text that is tokenised already. Words are joined with one space between them.
/// </summary>
public sealed class WhitespaceTokenizer : Tokenizer
{
    internal const string KindName = "whitespace";

    internal WhitespaceTokenizer(bool normalizesUnicode)
        : base(normalizesUnicode)
        => Settings = TokenizerKind.SettingsOf(KindName, normalizesUnicode);

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; }

    internal override WordJoiner CreateJoiner(StringBuilder text) => new SeparatedJoiner(text, " ");

    private protected override void Split(ReadOnlySpan<char> text, TokenHandler handler)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) continue;
            if (i > start) handler(text[start..i]);
            start = i + 1;
        }
        if (start < text.Length) handler(text[start..]);
    }
}
