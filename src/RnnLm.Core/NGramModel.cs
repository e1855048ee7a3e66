using RnnLm.NGrams;

namespace RnnLm;

/// <summary>
/// An n-gram language model in back-off form: a word's probability depends on the few words before it in its line. It is immutable and may be used by any number
/// of threads at once.
/// </summary>
/// <remarks>
/// As a context, the end-of-line word is the beginning of a line: what is predicted after it does not depend on what comes before it. So a model may be asked word
/// by word along a stream of lines with an end-of-line word after each. The stream's first word has the context of one end-of-line word.
/// </remarks>
public sealed partial class NGramModel
{
    internal NGramModel(Tokenizer tokenizer, Vocabulary vocabulary, NGramTable table, TrainingRecord? training = null)
    {
        if (vocabulary.Count != table.VocabularySize)
            throw new ArgumentException($"The vocabulary has {vocabulary.Count} words and the model {table.VocabularySize}; they must have the same number.", nameof(vocabulary));
        Tokenizer = tokenizer;
        Vocabulary = vocabulary;
        Table = table;
        Training = training ?? TrainingRecord.Empty;
    }

    /// <summary>What splits texts into words.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The words the model knows; the unknown word is one like any other.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>How the model was estimated.</summary>
    public TrainingRecord Training { get; }

    /// <summary>The number of words of the longest n-grams.</summary>
    public int Order => Table.Order;

    /// <summary>The n-grams.</summary>
    internal NGramTable Table { get; }

    /// <summary>Whether the unknown word is more than what stands for a probability of zero.</summary>
    internal bool KnowsUnknownWords => Table.Levels[0].LogProbabilities[Vocabulary.UnknownId] > (float)(ArpaMarks.LogZero * ArpaMarks.ToNatural);

    /// <summary>The number of n-grams of an order.</summary>
    /// <param name="order">The order, from 1 to <see cref="Order"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such order.</exception>
    public int CountOf(int order) => order >= 1 && order <= Order
        ? Table.Levels[order - 1].Count
        : throw new ArgumentOutOfRangeException(nameof(order), order, $"An order must be from 1 to {Order}, which is the model's.");

    /// <summary>The natural logarithm of a word's probability.</summary>
    /// <param name="context">The ids of the words before it, the oldest first: the last <see cref="Order"/> − 1 are used; there may be fewer.</param>
    /// <param name="word">The word's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public double LogProbability(ReadOnlySpan<int> context, int word)
    {
        CheckContext(context);
        if ((uint)word >= (uint)Vocabulary.Count)
            throw new ArgumentOutOfRangeException(nameof(word), word, $"An id must be from 0 to {Vocabulary.Count - 1}, as the vocabulary has {Vocabulary.Count} words.");
        return Table.LogProbability(context, word);
    }

    /// <summary>The natural logarithms of the probabilities of all words, which sum to one.</summary>
    /// <param name="context">The ids of the words before, as for <see cref="LogProbability"/>.</param>
    /// <param name="destination">Receives them: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    /// <exception cref="ArgumentException">The destination has another length than the vocabulary.</exception>
    public void LogProbabilities(ReadOnlySpan<int> context, Span<float> destination)
    {
        CheckContext(context);
        if (destination.Length != Vocabulary.Count)
            throw new ArgumentException($"The destination has {destination.Length} elements; it must have {Vocabulary.Count}, one for each word of the vocabulary.", nameof(destination));
        Table.LogProbabilities(context, destination);
    }

    /// <summary>The order and the sizes, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Order}-gram, {Vocabulary.Count:N0} words, {Table.Count:N0} n-grams");

    private void CheckContext(ReadOnlySpan<int> context)
    {
        if (context[Math.Max(0, context.Length - (Order - 1))..].ContainsAnyExceptInRange(0, Vocabulary.Count - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(context), $"The context has an id outside the vocabulary; an id must be from 0 to {Vocabulary.Count - 1}, as the vocabulary has {Vocabulary.Count} words.");
        }
    }
}
