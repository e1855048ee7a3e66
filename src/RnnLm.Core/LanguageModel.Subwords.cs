using RnnLm.Prediction;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>Whether the words of the vocabulary are pieces of words, by a <see cref="SubwordTokenizer"/>.</summary>
    public bool HasSubwords => Tokenizer is SubwordTokenizer;

    /// <summary>
    /// The words of the vocabulary most likely to come next after a text: of a model of subwords the pieces of words, spelled as the vocabulary has them; of any other
    /// the words.
    /// </summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="count">How many, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NextWordPredictions NextPieces(
        string prompt, int count = 5, SpecialWords exclude = SpecialWords.All, CancellationToken cancellationToken = default)
    {
        CheckCount(count);
        return NextPieces(Start(prompt, cancellationToken), count, exclude);
    }

    /// <summary>The words of the vocabulary most likely to come next after what a state has read: of a model of subwords the pieces of words, of any other the words.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="count">How many, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    public NextWordPredictions NextPieces(RecurrentState state, int count = 5, SpecialWords exclude = SpecialWords.All)
    {
        CheckCount(count);
        Check(state);
        return FindNext(state, count, exclude);
    }

    /// <summary>Reads a word that was predicted, with the white space before it with which it was.</summary>
    /// <param name="state">What was read before; moved on.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException">The state belongs to a model of another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The word is none of this model.</exception>
    public void Read(RecurrentState state, NextWordPrediction word)
    {
        Check(state);
        foreach (var id in word.PieceIds) Network.Step(id, state);
    }

    /// <summary>Whether a word of the vocabulary is one of the language, or ends one.</summary>
    internal bool EndsWord(int id) => !HasSubwords || WholeWords.EndsWord(Vocabulary[id], id);

    /// <summary>How many words of the language some words of the vocabulary are.</summary>
    internal int CountWords(ReadOnlySpan<int> ids) => HasSubwords ? WholeWords.Count(ids, Vocabulary) : ids.Length;

    /// <summary>Where words of the language begin and end among words of the vocabulary.</summary>
    internal (int Start, int End)[] WordSpans(ReadOnlySpan<int> ids) => WholeWords.SpansOf(ids, Tokenizer, Vocabulary);

    /// <summary>A word of the language as it is written: a word of the vocabulary, or pieces of it.</summary>
    internal string SpellWord(IReadOnlyList<string> pieces)
        => !HasSubwords || (pieces is [var one] && Vocabulary.IdOf(one) <= Vocabulary.EndOfLineId) ? pieces[0] : WholeWords.Spell(pieces, Tokenizer);

    /// <summary>The words of the language in a text, as it has them.</summary>
    internal IReadOnlyList<string> WordsIn(string text, CancellationToken cancellationToken)
    {
        if (!HasSubwords) return Tokenizer.Tokenize(text, cancellationToken);
        var pieces = Tokenizer.Tokenize(Tokenizer.LineOf(text).ToString(), cancellationToken);
        int[] ids = [.. pieces.Select(piece => Vocabulary.IdOf(piece))];
        return SpellWords(ids, [.. pieces]);
    }

    /// <summary>The words of the language as they are written.</summary>
    /// <param name="ids">Words of the vocabulary.</param>
    /// <param name="pieces">The same as they stand.</param>
    internal string[] SpellWords(ReadOnlySpan<int> ids, string[] pieces) => [.. WordSpans(ids).Select(word => SpellWord(pieces[word.Start..word.End]))];

    /// <summary>The model as what predicts pieces.</summary>
    private sealed class PieceModel(LanguageModel model) : IPieceModel
    {
        public Vocabulary Vocabulary => model.Vocabulary;

        public void LogProbabilities(RecurrentState state, Span<float> destination) => model.LogProbabilities(state, destination);

        public void Step(int id, RecurrentState state) => model.Network.Step(id, state);
    }
}
