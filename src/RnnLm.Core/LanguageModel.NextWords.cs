using System.Buffers;
using RnnLm.Numerics;
using RnnLm.Prediction;
using RnnLm.Reading;
using RnnLm.Text;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>The words most likely to come next after a text.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are not scaled to make up for them.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NextWordPredictions NextWords(
        string prompt, int count = 5, SpecialWords exclude = SpecialWords.Unknown, CancellationToken cancellationToken = default)
    {
        CheckCount(count);
        return NextWords(Start(prompt, cancellationToken), count, exclude);
    }

    /// <summary>The words most likely to come next after some words.</summary>
    /// <param name="words">The words; there may be none.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are not scaled to make up for them.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NextWordPredictions NextWords(
        IEnumerable<string> words, int count = 5, SpecialWords exclude = SpecialWords.Unknown, CancellationToken cancellationToken = default)
    {
        CheckCount(count);
        return NextWords(Start(words, cancellationToken), count, exclude);
    }

    /// <summary>The words most likely to come next after what a state has read.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are not scaled to make up for them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    public NextWordPredictions NextWords(RecurrentState state, int count = 5, SpecialWords exclude = SpecialWords.Unknown)
    {
        CheckCount(count);
        Network.Check(state);
        var finder = new NextWordFinder(Vocabulary, count, exclude);
        var room = ArrayPool<float>.Shared.Rent(Vocabulary.Count);
        try
        {
            var logProbabilities = room.AsSpan(0, Vocabulary.Count);
            Network.Output.LogProbabilitiesOfBest(state.Output, finder.Candidates, logProbabilities);
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
    /// <param name="exclude">The words that are never predicted. Probabilities are not scaled to make up for them.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The words for each text, in the order of the texts: to the last bit those of one by one, whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<NextWordPredictions> NextWordsMany(
        IEnumerable<string> prompts, int count = 5, SpecialWords exclude = SpecialWords.Unknown, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        CheckCount(count);
        batch ??= new BatchOptions();
        batch.Validate();

        ReadOnlyMemory<int>[] ids = [.. prompts.Select(
            (prompt, index) => (ReadOnlyMemory<int>)IdsOf(NotNull(prompt, index, nameof(prompts)), batch.Cancellation))];
        var results = new NextWordPredictions[ids.Length];
        TextBatches.Run(ids, batch, capacity =>
        {
            var predictor = new PromptPredictor(Network, new NextWordFinder(Vocabulary, count, exclude), capacity);
            return (batchPrompts, places) => predictor.Predict(batchPrompts, places, results, batch.Cancellation);
        });
        return results;
    }

    /// <summary>The most probable next word after a text; never the unknown word.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    public string NextWord(string prompt) => NextWord(prompt, CancellationToken.None);

    /// <summary>The most probable next word after a text; never the unknown word.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string NextWord(string prompt, CancellationToken cancellationToken) => Vocabulary[NextWordId(Start(prompt, cancellationToken))];

    /// <summary>The most probable next word after what a state has read; never the unknown word.</summary>
    /// <param name="state">What was read; left as it is.</param>
    public string NextWord(RecurrentState state) => Vocabulary[NextWordId(state)];

    /// <summary>The id of the most probable next word after what a state has read; never the unknown word's. Allocates nothing.</summary>
    /// <param name="state">What was read; left as it is.</param>
    public int NextWordId(RecurrentState state)
    {
        var room = ArrayPool<float>.Shared.Rent(Vocabulary.Count);
        try
        {
            var logits = room.AsSpan(0, Vocabulary.Count);
            Network.Check(state);
            Network.Output.LogitsOfBest(state.Output, 2, logits);
            SpecialWords.Unknown.ExcludeFrom(logits);
            return VectorFunctions.ArgMax(logits);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    private int[] IdsOf(string text, CancellationToken cancellationToken)
    {
        var ids = new IdList();
        Tokenizer.Tokenize(text, word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(Vocabulary.IdOf(word));
        });
        return ids.ToArray();
    }

    private void CheckCount(int count)
    {
        if (count < 1 || count > Vocabulary.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The number of next words must be from 1 to {Vocabulary.Count}, the size of the vocabulary.");
    }
}
