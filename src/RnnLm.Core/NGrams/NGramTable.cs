using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.NGrams;

/// <summary>
/// An n-gram model in back-off form (Katz 1987): the probability of a word after a context is that of the longest n-gram there is, times the back-off weights
/// of the longer contexts that do not go on with the word. Interpolated models are of this form too. Word ids are not checked here.
/// </summary>
/// <param name="levels">The n-grams of each order, from 1 on: as many at order 1 as the vocabulary has words.</param>
internal sealed class NGramTable(NGramLevel[] levels)
{
    /// <summary>The greatest order there may be.</summary>
    public const int MaximumOrder = 16;

    /// <summary>The n-grams of each order, from 1 on.</summary>
    public IReadOnlyList<NGramLevel> Levels => levels;

    /// <summary>The number of words of the longest n-grams.</summary>
    public int Order => levels.Length;

    /// <summary>The number of words of the vocabulary.</summary>
    public int VocabularySize => levels[0].Count;

    /// <summary>The number of n-grams of all orders.</summary>
    public long Count => levels.Sum(level => (long)level.Count);

    /// <summary>The natural logarithm of a word's probability.</summary>
    /// <param name="context">The words before it, the oldest first.</param>
    /// <param name="word">The word.</param>
    public double LogProbability(ReadOnlySpan<int> context, int word)
    {
        var backoff = 0.0;
        for (context = Known(context); context.Length > 0; context = context[1..])
        {
            var place = NGramLevel.Find(levels, context);
            if (place < 0) continue;
            var contexts = levels[context.Length - 1];
            var continuation = levels[context.Length].Find(contexts.ContinuationsOf(place), word);
            if (continuation >= 0) return backoff + levels[context.Length].LogProbabilities[continuation];
            backoff += contexts.Backoffs[place];
        }
        return backoff + levels[0].LogProbabilities[word];
    }

    /// <summary>The natural logarithms of the probabilities of all words.</summary>
    /// <param name="context">The words before, the oldest first.</param>
    /// <param name="destination">Receives them: <c>[vocabulary]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LogProbabilities(ReadOnlySpan<int> context, Span<float> destination)
    {
        context = Known(context);
        Span<int> places = stackalloc int[MaximumOrder]; // of the last n words of the context, at n - 1
        var backoff = 0.0;
        for (var length = 1; length <= context.Length; length++)
        {
            places[length - 1] = NGramLevel.Find(levels, context[^length..]);
            if (places[length - 1] >= 0) backoff += levels[length - 1].Backoffs[places[length - 1]];
        }

        levels[0].LogProbabilities.CopyTo(destination);
        if (backoff != 0) VectorFunctions.Subtract((float)-backoff, destination);
        for (var length = 1; length <= context.Length; length++)
        {
            var place = places[length - 1];
            if (place < 0) continue;
            var (contexts, continuations) = (levels[length - 1], levels[length]);
            // What is left is of the contexts that are longer.
            backoff -= contexts.Backoffs[place];
            var (start, end) = contexts.ContinuationsOf(place);
            for (var i = start; i < end; i++) destination[continuations.Words[i]] = (float)(backoff + continuations.LogProbabilities[i]);
        }
    }

    /// <summary>The words of a context that the model has a use for.</summary>
    private ReadOnlySpan<int> Known(ReadOnlySpan<int> context) => context[Math.Max(0, context.Length - (levels.Length - 1))..];
}
