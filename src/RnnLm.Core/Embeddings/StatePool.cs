using RnnLm.Numerics;

namespace RnnLm.Embeddings;

/// <summary>Makes one vector of the states after the words of a text.</summary>
/// <param name="pooling">How.</param>
internal readonly struct StatePool(EmbeddingPooling pooling)
{
    /// <summary>Takes in the state after a word.</summary>
    /// <param name="values">The state: <c>[size]</c>.</param>
    /// <param name="word">The word's place, from 0; the state before the first word counts as one where a text has none.</param>
    /// <param name="pooled">What came of the states before, and receives what comes of this one too: <c>[size]</c>.</param>
    public void Add(ReadOnlySpan<float> values, int word, Span<float> pooled)
    {
        if (word == 0 || pooling == EmbeddingPooling.Last) values.CopyTo(pooled);
        else if (pooling == EmbeddingPooling.Mean) VectorFunctions.Add(values, pooled, pooled);
        else for (var i = 0; i < pooled.Length; i++) pooled[i] = Math.Max(pooled[i], values[i]);
    }

    /// <summary>Finishes the vector of a text.</summary>
    /// <param name="words">The number of words.</param>
    /// <param name="pooled">What came of their states: <c>[size]</c>.</param>
    public void Finish(int words, Span<float> pooled)
    {
        if (pooling == EmbeddingPooling.Mean && words > 1) VectorFunctions.Scale(1f / words, pooled);
    }
}
