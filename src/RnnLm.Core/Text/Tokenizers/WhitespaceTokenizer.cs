using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Splits at Unicode white space (<see cref="char.IsWhiteSpace(char)"/>, the no-break space included) and nowhere else: the tokenizer
/// for text that is tokenised already.
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

    /// <summary>Joins words with one space between them.</summary>
    /// <param name="words">The words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    public override string Join(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return string.Join(' ', words);
    }

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
