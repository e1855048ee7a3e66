using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RnnLm.Faults;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Splits text into pieces of words by byte-pair encoding (Sennrich, Haddow and Birch 2016) over the bytes of UTF-8 (Radford et al. 2019): frequent words are a
/// piece each, rare ones several, and no word of any language is unknown. <see cref="Tokenizer.LearnSubwords"/> makes one of a text, <see cref="SubwordFiles"/> of the files
/// of another program. Its merges are part of its model, and are saved with it.
/// <list type="bullet">
/// <item>Words are those of <see cref="TextTokenizer"/>, each with the white space before it; no piece goes beyond one. The last piece of a word is another than the
/// same bytes inside of one, so that from pieces alone it is known where words end.</item>
/// <item>A piece is spelled as in the files of other programs: a byte a character, such as <c>Ġ</c> for a space, and <c>&lt;/w&gt;</c> behind what ends a word.</item>
/// <item>Text is taken as it is, in whatever normalization form, but for half surrogate pairs, which are read as U+FFFD. Pieces are joined to exactly
/// that text.</item>
/// <item>A model reads a text without the white space at its end: the space before the next word is that word's.</item>
/// </list>
/// </summary>
public sealed class SubwordTokenizer : Tokenizer
{
    internal const string KindName = "subwords";
    internal const string MergesKey = "merges";

    private const int DigitsShown = 12;

    private readonly MergeTable table;

    internal SubwordTokenizer(MergeTable table)
        : base(normalizesUnicode: false)
    {
        this.table = table;
        Settings = TokenizerKind.SettingsOf(KindName, normalizesUnicode: false, (MergesKey, string.Join('\n', table.Merges)));
    }

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>The name, under <c>name</c>, and the merges, under <c>merges</c>: a line each, two pieces with a space between them.</summary>
    public override IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The pieces: those of one byte, then what is merged in the order of the merges. A model has them by their frequency, behind its special words.</summary>
    public IReadOnlyList<string> Pieces => table.Pieces;

    /// <summary>The merges in the order of their rank: the first is made first.</summary>
    public IReadOnlyList<SubwordMerge> Merges => table.Merges;

    internal override IReadOnlyDictionary<string, string> Summary
    {
        get
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Settings[MergesKey])));
            return new Dictionary<string, string>(Settings) { [MergesKey] = string.Create(CultureInfo.InvariantCulture, $"{Merges.Count:N0} ({hash[..DigitsShown]})") };
        }
    }

    /// <summary>Whether a piece is the last of its word.</summary>
    /// <param name="piece">The piece.</param>
    public static bool EndsWord(ReadOnlySpan<char> piece) => ByteAlphabet.EndsWord(piece);

    /// <summary>Makes a tokenizer of its settings.</summary>
    internal static SubwordTokenizer Read(IReadOnlyDictionary<string, string> settings, bool normalizes)
    {
        if (normalizes) throw new FormatException($"The tokenizer \"{KindName}\" takes text as it is; its settings have no normalization.");
        if (!settings.TryGetValue(MergesKey, out var merges)) throw new FormatException($"The settings of the tokenizer \"{KindName}\" lack \"{MergesKey}\".");
        return new SubwordTokenizer(MergeTable.Create(ReadMerges(merges)));
    }

    private static IEnumerable<SubwordMerge> ReadMerges(string merges)
    {
        if (merges.Length == 0) yield break;
        foreach (var line in merges.Split('\n'))
        {
            yield return SubwordFileFormat.ReadMerge(line)
                ?? throw new FormatException($"The tokenizer has the merge {Quotation.Of(line)}; it must be two pieces with a space between them.");
        }
    }

    /// <summary>Learns the merges of words.</summary>
    /// <param name="words">The words, each with the white space before it, and how often it occurs.</param>
    /// <param name="options">How it learns; they have been checked.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static SubwordTokenizer Learn(IEnumerable<(string Word, long Count)> words, SubwordOptions options, CancellationToken cancellationToken)
        => new(MergeTable.Create(MergeLearner.Learn(words, options.VocabularySize - SubwordOptions.SpecialWordCount, options.MinimumPairCount, cancellationToken)));

    /// <summary>The merges as a table.</summary>
    internal MergeTable Table => table;

    internal override void CheckGoesWith(IEnumerable<string> vocabulary)
    {
        var known = vocabulary.Skip(SubwordOptions.SpecialWordCount).ToHashSet(StringComparer.Ordinal);
        if (Pieces.FirstOrDefault(piece => !known.Contains(piece)) is { } missing)
            throw new ArgumentException($"The vocabulary lacks {Quotation.Of(missing)}, a piece of the tokenizer; it must have every one, so that no word is unknown.", nameof(vocabulary));
    }

    internal override bool SplitsWords => true;

    internal override ReadOnlySpan<char> LineOf(ReadOnlySpan<char> text) => text.TrimEnd();

    internal override IEnumerable<string?> WordsOf(IEnumerable<string?> words)
    {
        string[] all = [.. words.Where(word => !string.IsNullOrEmpty(word)).OfType<string>()];
        return all.Length == 0 || EndsWord(all[^1]) ? all : Tokenize(LineOf(Text().Join(all)));
    }

    internal override string JoinWords(IReadOnlyList<string> words) => words is [.., var last] && !EndsWord(last) ? Text().Join(words) : Join(words);

    internal override IReadOnlyList<string> WordsBehind(ReadOnlySpan<char> word)
    {
        const string before = "a";
        return EndsWord(word) ? [word.ToString()] : Tokenize(LineOf(Text().Join([before, word.ToString()]).AsSpan(before.Length)));
    }

    /// <summary>Hands the pieces of one word on, with the white space before it.</summary>
    internal void TokenizeWord(ReadOnlySpan<char> spacedWord, Action<string> take) => table.Encode(spacedWord, take);

    internal override WordJoiner CreateJoiner(StringBuilder text) => new SubwordJoiner(text);

    private protected override void Split(ReadOnlySpan<char> text, TokenHandler handler)
    {
        void Take(string piece) => handler(piece);
        Action<string> take = Take;
        SpacedWordTokenizer.SplitText(text, word => table.Encode(word, take));
    }
}
