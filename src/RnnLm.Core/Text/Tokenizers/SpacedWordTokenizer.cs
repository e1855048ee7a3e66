using System.Text;
using RnnLm.Wording;

namespace RnnLm.Text;

/// <summary>
/// Splits text into words as <see cref="TextTokenizer"/> does, each with the white space before it, so that nothing of the text is lost: what a
/// <see cref="SubwordTokenizer"/> makes pieces of. White space at the very end is a word of its own.
/// </summary>
internal sealed class SpacedWordTokenizer : Tokenizer
{
    private const string KindName = "spaced words"; // of no model: it only counts

    private SpacedWordTokenizer()
        : base(normalizesUnicode: false)
    {
    }

    public static SpacedWordTokenizer Instance { get; } = new();

    public override string Name => KindName;

    public override IReadOnlyDictionary<string, string> Settings { get; } = TokenizerKind.SettingsOf(KindName, normalizesUnicode: false);

    /// <summary>Splits text that has no half surrogate pairs.</summary>
    public static void SplitText(ReadOnlySpan<char> text, TokenHandler handler)
    {
        var words = new WordSplitter(text);
        var start = 0;
        while (words.MoveNext())
        {
            handler(text[start..words.End]);
            start = words.End;
        }
        if (start < text.Length) handler(text[start..]);
    }

    /// <summary>How long what stands before a word is: white space and what else is in no word.</summary>
    public static int LengthOfSpace(ReadOnlySpan<char> spacedWord)
    {
        var words = new WordSplitter(spacedWord);
        return words.MoveNext() ? words.End - words.Word.Length : spacedWord.Length;
    }

    /// <summary>Whether a word behind another is one of its own, as it is where white space is between them.</summary>
    /// <param name="before">The word before it.</param>
    /// <param name="spacedWord">The word with the white space before it.</param>
    public static bool IsApart(string before, string spacedWord)
    {
        if (before.Length == 0 || char.IsWhiteSpace(spacedWord[0])) return true;
        var words = new WordSplitter(before + spacedWord);
        return words.MoveNext() && words.End == before.Length && words.MoveNext() && words.End == before.Length + spacedWord.Length;
    }

    /// <summary>Counts the words of lines.</summary>
    /// <exception cref="InvalidOperationException">No line has a word.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyCollection<(string Word, long Count)> CountWords(IEnumerable<string?> lines, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var countsBySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var lineCount = 0L;
        foreach (var text in lines)
        {
            if (text is null) continue;
            foreach (var range in text.AsSpan().SplitAny('\n', '\r')) Instance.Tokenize(Instance.LineOf(text.AsSpan(range)), Count);
            lineCount++;
        }
        return counts.Count > 0
            ? [.. counts.Select(count => (count.Key, count.Value))]
            : throw new InvalidOperationException($"There is no word to learn subwords of: {CountText.Of(lineCount, "line was", "lines were")} read and none has a word. Give text that has words.");

        void Count(ReadOnlySpan<char> word)
        {
            cancellationToken.ThrowIfCancellationRequested();
            countsBySpan[word] = countsBySpan.TryGetValue(word, out var count) ? count + 1 : 1;
        }
    }

    internal override WordJoiner CreateJoiner(StringBuilder text) => new SeparatedJoiner(text, "");

    internal override bool SplitsWords => true;

    internal override ReadOnlySpan<char> LineOf(ReadOnlySpan<char> text) => text.TrimEnd();

    internal override IEnumerable<string?> WordsOf(IEnumerable<string?> words) => Tokenize(LineOf(Text().Join(words.OfType<string>())));

    private protected override void Split(ReadOnlySpan<char> text, TokenHandler handler) => SplitText(text, handler);
}
