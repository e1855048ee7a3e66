using System.Buffers;
using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Prediction;
using RnnLm.Reading;
using RnnLm.Text;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// The words most likely to come next after a text. Of a model of subwords they are whole words, found by a search over their pieces;
    /// <see cref="NextPieces(string, int, SpecialWords, CancellationToken)"/> has the pieces.
    /// </summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">
    /// The words that are never predicted; <see cref="SpecialWords.Unknown"/> lets the end-of-line word be one of them. Probabilities are
    /// those of the whole distribution, not scaled to make up for what is excluded.
    /// </param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NextWordPredictions NextWords(
        string prompt, int count = 5, SpecialWords exclude = SpecialWords.All, CancellationToken cancellationToken = default)
    {
        CheckCount(count);
        return NextWords(Start(prompt, cancellationToken), count, exclude);
    }

    /// <summary>The words most likely to come next after some words.</summary>
    /// <param name="words">The words; there may be none. Those that are null or empty are passed over.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NextWordPredictions NextWords(
        IEnumerable<string?> words, int count = 5, SpecialWords exclude = SpecialWords.All, CancellationToken cancellationToken = default)
    {
        CheckCount(count);
        return NextWords(Start(words, cancellationToken), count, exclude);
    }

    /// <summary>The words most likely to come next after what a state has read.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    public NextWordPredictions NextWords(RecurrentState state, int count = 5, SpecialWords exclude = SpecialWords.All)
    {
        CheckCount(count);
        Check(state);
        return Tokenizer is SubwordTokenizer subwords ? new WholeWordSearch(new PieceModel(this), subwords, exclude).Find(state, count) : FindNext(state, count, exclude);
    }

    /// <summary>The most probable words of the vocabulary.</summary>
    private NextWordPredictions FindNext(RecurrentState state, int count, SpecialWords exclude)
    {
        var finder = new NextWordFinder(Vocabulary, count, exclude);
        var room = ArrayPool<float>.Shared.Rent(Vocabulary.Count);
        try
        {
            var logProbabilities = room.AsSpan(0, Vocabulary.Count);
            if (mixture is not null) mixture.LogProbabilities(state, logProbabilities);
            else Network.Output.LogProbabilitiesOfBest(state.Output, finder.Candidates, logProbabilities);
            return finder.Find(logProbabilities);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    /// <summary>
    /// The words most likely to come next after each of many texts, as <see cref="NextWords(string, int, SpecialWords, CancellationToken)"/> has it for each. They
    /// are read together, and what several begin with is read once, so it is many times faster than one by one.
    /// </summary>
    /// <param name="prompts">The texts; any may be empty.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The words for each text, in the order of the texts: to the last bit those of one by one, whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<NextWordPredictions> NextWordsMany(
        IEnumerable<string> prompts, int count = 5, SpecialWords exclude = SpecialWords.All, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        CheckCount(count);
        batch ??= new BatchOptions();
        batch.Validate();

        ReadOnlyMemory<int>[] ids = [.. prompts.Select(
            (prompt, index) => (ReadOnlyMemory<int>)IdsOf(NotNull(prompt, index, nameof(prompts)), batch.CancellationToken))];
        var results = new NextWordPredictions[ids.Length];
        if (mixture is not null || HasSubwords)
        {
            ForEachText(ids.Length, batch, index => results[index] = NextWords(Start(ids[index].Span, batch.CancellationToken), count, exclude));
            return results;
        }
        TextBatches.Run(ids, batch, capacity =>
        {
            var predictor = new PromptPredictor(Network, new NextWordFinder(Vocabulary, count, exclude), capacity);
            return (batchPrompts, places) => predictor.Predict(batchPrompts, places, results, batch.CancellationToken);
        });
        return results;
    }

    /// <summary>The most probable next word after a text.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="exclude">The words that are never predicted.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="InvalidOperationException">Every word of the vocabulary is excluded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string NextWord(string prompt, SpecialWords exclude = SpecialWords.All, CancellationToken cancellationToken = default)
        => NextWord(Start(prompt, cancellationToken), exclude);

    /// <summary>The most probable next word after what a state has read.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="exclude">The words that are never predicted.</param>
    /// <exception cref="InvalidOperationException">Every word of the vocabulary is excluded.</exception>
    public string NextWord(RecurrentState state, SpecialWords exclude = SpecialWords.All)
        => !HasSubwords ? Vocabulary[NextWordId(state, exclude)] : NextWords(state, 1, exclude) is [var word, ..] ? word.Word : throw NothingToPredict();

    /// <summary>The id of the most probable next word after what a state has read; of a model of subwords, of the most probable piece. Allocates nothing.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="exclude">The words that are never predicted.</param>
    /// <exception cref="InvalidOperationException">Every word of the vocabulary is excluded.</exception>
    public int NextWordId(RecurrentState state, SpecialWords exclude = SpecialWords.All)
    {
        if (exclude.CountWordsLeft(Vocabulary) == 0)
            throw NothingToPredict();
        var room = ArrayPool<float>.Shared.Rent(Vocabulary.Count);
        try
        {
            var logits = room.AsSpan(0, Vocabulary.Count);
            Check(state);
            if (mixture is not null) mixture.LogProbabilities(state, logits);
            else Network.Output.LogitsOfBest(state.Output, 1 + SpecialWordsExclusion.MostExcluded, logits);
            exclude.ExcludeFrom(logits);
            var id = 0;
            return VectorFunctions.TopK(logits, new Span<int>(ref id)) == 1 && float.IsFinite(logits[id]) ? id : throw Normalizer.Overflow();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    private int[] IdsOf(string text, CancellationToken cancellationToken)
    {
        var ids = new IdList();
        Tokenizer.Tokenize(Tokenizer.LineOf(text), word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(Vocabulary.IdOf(word));
        });
        return ids.ToArray();
    }

    private static InvalidOperationException NothingToPredict() => new("There is no word to predict: every word of the vocabulary is excluded.");

    private void CheckCount(int count)
    {
        if (count < 1 || count > Vocabulary.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The number of next words must be from 1 to {Vocabulary.Count}, the size of the vocabulary.");
    }
}
