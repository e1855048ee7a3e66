using System.Buffers;
using RnnLm.Evaluation;
using RnnLm.Text;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>How probable a text is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextScore Score(string text, ScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Score(Tokenizer.Tokenize(text), options);
    }

    /// <summary>How probable a row of words is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="words">The words, without the end-of-line word.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextScore Score(IEnumerable<string> words, ScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        options ??= new ScoringOptions();
        options.Validate();
        var texts = words.ToList();
        if (options.IncludeEndOfLine) texts.Add(Vocabulary.EndOfLineWord);

        var scores = new WordScore[texts.Count];
        var room = ArrayPool<float>.Shared.Rent(Vocabulary.Count);
        try
        {
            var logProbabilities = room.AsSpan(0, Vocabulary.Count);
            var state = Network.CreateState();
            var previous = Vocabulary.EndOfLineId;
            for (var i = 0; i < scores.Length; i++)
            {
                Network.Step(previous, state);
                Network.LogProbabilities(state, logProbabilities);
                var id = Vocabulary.IdOf(texts[i]);
                scores[i] = Score(texts[i], id, logProbabilities[id], options);
                previous = id;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
        return new TextScore(scores);
    }

    private static WordScore Score(string word, int id, double logProbability, ScoringOptions options)
    {
        var isUnknown = id == Vocabulary.UnknownId;
        if (isUnknown && options.UnknownWords == UnknownWordPolicy.Penalized) logProbability = options.UnknownWordLogProbability;
        return new WordScore(word, id, logProbability, IsCounted: !isUnknown || options.UnknownWords != UnknownWordPolicy.Excluded);
    }
}
