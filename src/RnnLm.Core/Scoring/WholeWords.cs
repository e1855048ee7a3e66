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
        var spelled = new List<string>();
        var (sum, isCounted) = (0.0, true);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.Id <= Vocabulary.EndOfLineId && spelled.Count == 0)
            {
                words.Add(piece);
                continue;
            }
            spelled.Add(piece.Word);
            sum += piece.LogProbability;
            isCounted &= piece.IsCounted;
            if (i + 1 < pieces.Count && !EndsWord(piece.Word, piece.Id) && pieces[i + 1].Id > Vocabulary.EndOfLineId) continue;
            var text = tokenizer.Join(spelled);
            var word = text[SpacedWordTokenizer.LengthOfSpace(text)..];
            words.Add(new WordScore(word.Length == 0 ? text : word, spelled.Count == 1 ? piece.Id : NoId, sum, isCounted));
            spelled.Clear();
            (sum, isCounted) = (0, true);
        }
        return words;
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
