using System.Buffers;
using System.Text;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Splits text into words and joins words to text. A tokenizer is immutable, may be used by any number of threads at once, is
/// part of its model, and is saved with it. No text makes one throw: half a surrogate pair is read as U+FFFD. The same text gives the same words on every
/// platform and in every culture.
/// </summary>
public abstract class Tokenizer
{
    private protected Tokenizer(bool normalizesUnicode) => NormalizesUnicode = normalizesUnicode;

    /// <summary>The tokenizer for text whose words stand between white space already.</summary>
    public static WhitespaceTokenizer Whitespace { get; } = new(normalizesUnicode: true);

    /// <summary>The tokenizer whose words are single characters.</summary>
    public static CharacterTokenizer Characters { get; } = new(normalizesUnicode: true);

    /// <summary>The name by which a model file and the command line know this kind: <c>whitespace</c>, <c>text</c>, <c>characters</c> or <c>subwords</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether text is brought to Unicode's Normalization Form C before it is split, so that what is written in two ways, as an é of one
    /// code point or of two, is one word. It is, but for models that were saved before tokenizers did so and for vocabularies of words
    /// that are not in that form; their tokenizers take text as it is.
    /// </summary>
    public bool NormalizesUnicode { get; }

    /// <summary>The name, under <c>name</c>, and every option: what <see cref="Create"/> makes an equal tokenizer of.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether characters that only steer how text is laid out are left out before the text is split.</summary>
    private protected virtual bool LeavesOutInvisible => false;

    /// <summary>The tokenizer for running text.</summary>
    /// <param name="lowerCase">Whether words are written in lower case.</param>
    /// <param name="numberClass">Which numbers count as the same word.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numberClass"/> is no <see cref="NumberClass"/>.</exception>
    public static TextTokenizer Text(bool lowerCase = false, NumberClass numberClass = NumberClass.None) =>
        new(new TextTokenizerOptions { LowerCase = lowerCase, NumberClass = numberClass });

    /// <summary>Makes a tokenizer of pieces of words, which it learns from lines. They are read once.</summary>
    /// <param name="lines">The lines; null is passed over. A text of several lines is as many.</param>
    /// <param name="options">How it learns; null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="lines"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">No line has a word.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SubwordTokenizer LearnSubwords(IEnumerable<string?> lines, SubwordOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new SubwordOptions();
        options.Validate();
        return SubwordTokenizer.Learn(SpacedWordTokenizer.CountWords(lines, options.CancellationToken), options, options.CancellationToken);
    }

    /// <summary>Makes a tokenizer of the <see cref="Settings"/> of another. An option that is missing has its default.</summary>
    /// <remarks>Settings without <c>normalization</c>, which is <c>nfc</c>, are of a tokenizer that takes text as it is.</remarks>
    /// <param name="settings">The settings.</param>
    /// <exception cref="FormatException">A name or value is unknown; the message says which, and what would be right.</exception>
    public static Tokenizer Create(IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return TokenizerKind.Read(settings);
    }

    /// <summary>Hands the words of a text on, one after the other, without making strings of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="handler">What takes each word; what it throws ends the work, as where it is cancelled.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public void Tokenize(ReadOnlySpan<char> text, TokenHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Ascii.IsValid(text))
        {
            Split(text, handler);
            return;
        }
        if (!TextRepair.IsNeeded(text, LeavesOutInvisible))
        {
            Split(Normalized(text), handler);
            return;
        }
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var length = TextRepair.Write(text, buffer, LeavesOutInvisible);
            Split(Normalized(buffer.AsSpan(0, length)), handler);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<string> Tokenize(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        Tokenize(text, word => words.Add(word.ToString()));
        return words;
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public IReadOnlyList<string> Tokenize(string text) => Tokenize(text, CancellationToken.None);

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<string> Tokenize(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        Tokenize(text, word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            words.Add(word.ToString());
        });
        return words;
    }

    /// <summary>Joins words to text the way the words of this tokenizer are written: <c>Join(["Hello", ",", "world"])</c> is <c>Hello, world</c> for running text.</summary>
    /// <param name="words">The words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    public string Join(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var text = new StringBuilder();
        var joiner = CreateJoiner(text);
        foreach (var word in words) joiner.Add(word);
        joiner.Finish();
        return text.ToString();
    }

    /// <summary>The settings for people to read: what is long is told by its size and the begin of its checksum.</summary>
    internal virtual IReadOnlyDictionary<string, string> Summary => Settings;

    /// <summary>Whether another tokenizer splits every text as this one does.</summary>
    internal bool IsSameAs(Tokenizer other) => Settings.Count == other.Settings.Count && !Settings.Except(other.Settings).Any();

    /// <summary>The name and the other settings, as they stand in a sentence.</summary>
    internal string Describe() => string.Join(", ", [Name, .. Summary.Where(setting => setting.Key != "name").Select(setting => $"{setting.Key} {setting.Value}")]);

    /// <summary>Throws where a model of a vocabulary cannot have this tokenizer.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    internal virtual void CheckGoesWith(IEnumerable<string> vocabulary)
    {
    }

    /// <summary>What a model reads of a text that is a line, or begins one: where white space belongs to the word after it, not what is at the end.</summary>
    internal virtual ReadOnlySpan<char> LineOf(ReadOnlySpan<char> text) => text;

    /// <summary>Whether its words are pieces, into which words that somebody has are still to be split.</summary>
    internal virtual bool SplitsWords => false;

    /// <summary>Words that somebody has split a line into, as words of this tokenizer: where those are pieces, whole words are split.</summary>
    internal virtual IEnumerable<string?> WordsOf(IEnumerable<string?> words) => words;

    /// <summary>The text of words that somebody has split a line into: where those of this tokenizer are pieces, of pieces or of whole words.</summary>
    internal virtual string JoinWords(IReadOnlyList<string> words) => Join(words);

    /// <summary>A word behind others, as words of this tokenizer.</summary>
    /// <param name="word">The word; not empty.</param>
    internal virtual IReadOnlyList<string> WordsBehind(ReadOnlySpan<char> word) => [word.ToString()];

    /// <summary>Makes what writes words the way those of this tokenizer are written.</summary>
    /// <param name="text">Receives the text.</param>
    internal abstract WordJoiner CreateJoiner(StringBuilder text);

    /// <summary>Makes what goes on behind a text that somebody typed.</summary>
    /// <param name="typed">The text.</param>
    /// <param name="text">Receives what comes behind it.</param>
    internal WordJoiner CreateJoiner(string typed, StringBuilder text)
    {
        var joiner = CreateJoiner(text);
        string? lastButOne = null, last = null;
        Tokenize(typed, word => (lastButOne, last) = (last, word.ToString()));
        joiner.Follow(typed, lastButOne, last);
        return joiner;
    }

    /// <summary>This tokenizer, or where a vocabulary has words that normalized text lacks, the same one taking text as it is.</summary>
    internal Tokenizer For(IEnumerable<string> vocabulary)
        => NormalizesUnicode && !vocabulary.All(word => ComposedForm.Is(word)) ? TokenizerKind.WithoutNormalization(this) : this;

    /// <summary>A text as it is split: without half surrogate pairs, without invisible characters where those are left out, and in composed form where that is asked for.</summary>
    internal string Prepared(ReadOnlySpan<char> text)
    {
        if (!TextRepair.IsNeeded(text, LeavesOutInvisible)) return Normalized(text).ToString();
        var repaired = new char[text.Length];
        return Normalized(repaired.AsSpan(0, TextRepair.Write(text, repaired, LeavesOutInvisible))).ToString();
    }

    private ReadOnlySpan<char> Normalized(ReadOnlySpan<char> text) => NormalizesUnicode ? ComposedForm.Of(text) : text;

    /// <summary>Splits text that has no half surrogate pairs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="handler">What takes each word.</param>
    private protected abstract void Split(ReadOnlySpan<char> text, TokenHandler handler);
}
