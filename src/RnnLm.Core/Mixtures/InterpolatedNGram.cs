using System.Buffers;
using RnnLm.NGrams;

namespace RnnLm.Mixtures;

/// <summary>An n-gram model in a mixture, asked in the word ids of the mixture.</summary>
internal sealed class InterpolatedNGram
{
    private readonly NGramTable model;
    private readonly int[]? ids; // of the n-gram model, by those of the mixture; null where they are the same

    /// <param name="model">The n-gram model.</param>
    /// <param name="words">Its words, in the order of its ids.</param>
    /// <param name="weight">Its share of the probability; above 0.</param>
    /// <param name="vocabulary">The words of the mixture.</param>
    /// <exception cref="ArgumentException">The n-gram model has other words.</exception>
    public InterpolatedNGram(NGramTable model, Vocabulary words, double weight, Vocabulary vocabulary)
    {
        this.model = model;
        Weight = weight;
        ids = WordMap.Between(vocabulary, words);
    }

    /// <summary>Its share of the probability.</summary>
    public double Weight { get; }

    /// <summary>How many words before a word decide on its probability.</summary>
    public int ContextLength => model.Order - 1;

    /// <summary>The natural logarithm of a word's probability.</summary>
    /// <param name="context">The words before it, at least as many as <see cref="ContextLength"/> or all there are.</param>
    /// <param name="word">The word.</param>
    public double LogProbability(ReadOnlySpan<int> context, int word)
    {
        if (ids is null) return model.LogProbability(context, word);
        Span<int> mapped = stackalloc int[ContextLength];
        return model.LogProbability(Map(context, mapped), ids[word]);
    }

    /// <summary>The natural logarithm of the probability of every word.</summary>
    /// <param name="context">The words before it, at least as many as <see cref="ContextLength"/> or all there are.</param>
    /// <param name="destination">Receives them: <c>[vocabulary]</c>.</param>
    public void LogProbabilities(ReadOnlySpan<int> context, Span<float> destination)
    {
        if (ids is null)
        {
            model.LogProbabilities(context, destination);
            return;
        }
        Span<int> mapped = stackalloc int[ContextLength];
        var room = ArrayPool<float>.Shared.Rent(ids.Length);
        model.LogProbabilities(Map(context, mapped), room.AsSpan(0, ids.Length));
        for (var id = 0; id < ids.Length; id++) destination[id] = room[ids[id]];
        ArrayPool<float>.Shared.Return(room);
    }

    private ReadOnlySpan<int> Map(ReadOnlySpan<int> context, Span<int> mapped)
    {
        context = context[Math.Max(0, context.Length - mapped.Length)..];
        for (var i = 0; i < context.Length; i++) mapped[i] = ids![context[i]];
        return mapped[..context.Length];
    }
}
