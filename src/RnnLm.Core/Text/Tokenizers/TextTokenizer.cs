using System.Buffers;
using System.Text;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Splits running text of any script into words and punctuation. The boundaries are those of UAX #29, Unicode Text Segmentation, but
/// for what a language model is better served by:
/// <list type="bullet">
/// <item>Letters, the marks on them, and digits that stand together are one word. So are, between two letters or two digits, an
/// apostrophe or a full stop (<c>don't</c>, <c>e.g</c>, <c>3.14</c>), between digits a comma (<c>1,000</c>), between letters a middle
/// dot, between Hebrew letters a quotation mark, and an underscore between any of them. A colon or semicolon always parts words.</item>
/// <item>A hyphen is a word of its own: <c>well-known</c> is three words.</item>
/// <item>Every punctuation mark and symbol is a word of its own, but a run of full stops (an ellipsis) or of hyphens (a typed dash) is
/// one word.</item>
/// <item>An emoji with its modifiers, joined emoji, a flag: one word.</item>
/// <item>An ideograph is a word, and so is a hiragana; a run of katakana is one word. Hangul is written with spaces between words, and
/// kept together. Thai, Lao, Khmer and Burmese are written without: finding their words takes a dictionary, so a run of them stays
/// one word, unless the text has zero width spaces, which part words.</item>
/// <item>A name in angle brackets that touches no other word, such as <c>&lt;unk&gt;</c>, is one word, and its case and digits are
/// left as they are.</item>
/// <item>White space and control characters part words and are in none. Soft hyphens, marks of writing direction and other
/// invisible characters are left out, for words that look alike to be alike.</item>
/// </list>
/// Words are joined the way text is written: no space before closing punctuation or after an opening bracket, none around a hyphen between
/// words, none between ideographs and kana, quotation marks close to what they enclose. Where leaving out a space would make other
/// words of it, there is a space. For every text <c>s</c>, <c>Tokenize(Join(Tokenize(s)))</c> gives the words of <c>Tokenize(s)</c>; the same holds for any sequence
/// of words each of which is some text's word, such as those of a vocabulary.
/// </summary>
public sealed class TextTokenizer : Tokenizer
{
    /// <summary>What stands for every number under <see cref="NumberClass.Word"/>.</summary>
    public const string NumberWord = "<num>";

    internal const string KindName = "text";

    private const int StackLength = 128;

    /// <summary>Makes a tokenizer for running text.</summary>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The option <see cref="TextTokenizerOptions.NumberClass"/> is no <see cref="NumberClass"/>.</exception>
    public TextTokenizer(TextTokenizerOptions? options = null)
        : this(options, normalizesUnicode: true)
    {
    }

    internal TextTokenizer(TextTokenizerOptions? options, bool normalizesUnicode)
        : base(normalizesUnicode)
    {
        options ??= new TextTokenizerOptions();
        if (!Enum.IsDefined(options.NumberClass))
            throw new ArgumentOutOfRangeException(nameof(options), options.NumberClass, "The option NumberClass must be None, Digits or Word.");
        LowerCase = options.LowerCase;
        NumberClass = options.NumberClass;
        Settings = TokenizerKind.SettingsOf(KindName, normalizesUnicode, options.Settings);
    }

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>Whether words are written in lower case.</summary>
    public bool LowerCase { get; }

    /// <summary>Which numbers count as the same word.</summary>
    public NumberClass NumberClass { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; }

    private protected override bool LeavesOutInvisible => true;

    internal override WordJoiner CreateJoiner(StringBuilder text) => new TextJoiner(text);

    private protected override void Split(ReadOnlySpan<char> text, TokenHandler handler)
    {
        var words = new WordSplitter(text);
        while (words.MoveNext())
        {
            if (words.Kind == WordKind.Number && NumberClass == NumberClass.Word)
                handler(NumberWord);
            else if (words.Kind is WordKind.Letters or WordKind.Number && (LowerCase || NumberClass == NumberClass.Digits))
                HandRewritten(words.Word, handler);
            else
                handler(words.Word);
        }
    }

    private void HandRewritten(ReadOnlySpan<char> word, TokenHandler handler)
    {
        var rented = word.Length > StackLength ? ArrayPool<char>.Shared.Rent(word.Length) : null;
        Span<char> buffer = rented ?? stackalloc char[StackLength];
        try
        {
            // Lower case is one code unit for one.
            var length = word.Length;
            if (!LowerCase) word.CopyTo(buffer);
            else if (NormalizesUnicode) LowerCasing.Write(word, buffer);
            else word.ToLowerInvariant(buffer); // the way of models that were saved before
            if (NumberClass == NumberClass.Digits) length = ReplaceDigits(buffer[..length]);
            // A letter and its mark may be one character in lower case though they are two as capitals.
            handler(LowerCase && NormalizesUnicode ? ComposedForm.Of(buffer[..length]) : buffer[..length]);
        }
        finally
        {
            if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <returns>The length left, as a digit of two code units becomes one of one.</returns>
    private static int ReplaceDigits(Span<char> word)
    {
        var written = 0;
        for (var i = 0; i < word.Length;)
        {
            var isDigit = CharacterClasses.At(word, i, out var length) == CharacterClass.Digit;
            word[written++] = isDigit ? '0' : word[i];
            if (length == 2 && !isDigit) word[written++] = word[i + 1];
            i += length;
        }
        return written;
    }
}
