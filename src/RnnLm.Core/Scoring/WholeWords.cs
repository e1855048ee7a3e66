using RnnLm.Text;

namespace RnnLm.Scoring;

/// <summary>Figures of pieces as figures of the words that they are pieces of.</summary>
internal static class WholeWords
{
    private const int NoId = -1;

    /// <summary>The scores of words: the sums of those of their pieces. Pieces at the end that end no word are one all the same.</summary>
    public static IReadOnlyList<WordScore> Of(IReadOnlyList<WordScore> pieces, SubwordTokenizer tokenizer)
    {
        var words = new List<WordScore>();
        var begun = new List<WordScore>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            begun.Add(piece);
            if (i + 1 < pieces.Count && !EndsWord(piece.Word, piece.Id) && pieces[i + 1].Id > Vocabulary.EndOfLineId) continue;
            words.Add(WordOf(begun, tokenizer));
            begun.Clear();
        }
        return words;
    }

    private static WordScore WordOf(List<WordScore> pieces, SubwordTokenizer tokenizer)
    {
        if (pieces is [{ Id: <= Vocabulary.EndOfLineId } special]) return special;
        var word = Spell(pieces.Select(piece => piece.Word), tokenizer);
        if (pieces is [var whole]) return whole with { Word = word };
        return new WordScore(word, NoId, pieces.Sum(piece => piece.LogProbability), pieces.All(piece => piece.IsCounted))
        {
            Entropy = pieces.All(piece => piece.Entropy is not null) ? pieces.Sum(piece => piece.Entropy) : null,
        };
    }

    /// <summary>The word of pieces, without the white space before it.</summary>
    public static string Spell(IEnumerable<string> pieces, Tokenizer tokenizer)
    {
        var text = tokenizer.Join(pieces);
        var word = text[SpacedWordTokenizer.LengthOfSpace(text)..];
        return word.Length == 0 ? text : word;
    }

    /// <summary>Where words begin and end: those of pieces, and a word each where words are no pieces.</summary>
    /// <param name="ids">The ids of a text.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    public static (int Start, int End)[] SpansOf(ReadOnlySpan<int> ids, Tokenizer tokenizer, Vocabulary vocabulary)
    {
        var spans = new List<(int Start, int End)>(ids.Length);
        var start = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (tokenizer.SplitsWords && i + 1 < ids.Length && !EndsWord(vocabulary[ids[i]], ids[i]) && ids[i + 1] > Vocabulary.EndOfLineId) continue;
            spans.Add((start, i + 1));
            start = i + 1;
        }
        return [.. spans];
    }

    /// <summary>Metrics by word, where they are by piece.</summary>
    /// <param name="metrics">The metrics by piece.</param>
    /// <param name="ids">The pieces' ids.</param>
    /// <param name="tokenizer">The tokenizer; where it is not one of subwords, the metrics stay as they are.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    public static LanguageModelMetrics InWholeWords(this LanguageModelMetrics metrics, ReadOnlyMemory<int> ids, Tokenizer tokenizer, Vocabulary vocabulary)
    {
        if (tokenizer is not SubwordTokenizer) return metrics;
        var words = Count(ids.Span, vocabulary);
        return metrics with { Words = words, Pieces = metrics.Words, CrossEntropy = metrics.CrossEntropy * metrics.Words / words };
    }

    /// <summary>How many words pieces are.</summary>
    public static int Count(ReadOnlySpan<int> ids, Vocabulary vocabulary)
    {
        var (count, isBegun) = (0, false);
        foreach (var id in ids)
        {
            var endsLine = id <= Vocabulary.EndOfLineId;
            if (endsLine && isBegun) count++; // a word that was broken off
            isBegun = !endsLine && !EndsWord(vocabulary[id], id);
            if (!isBegun) count++;
        }
        return isBegun ? count + 1 : count;
    }

    /// <summary>Whether a word of a vocabulary ends a word of the language.</summary>
    public static bool EndsWord(string piece, int id) => id <= Vocabulary.EndOfLineId || SubwordTokenizer.EndsWord(piece);
}
