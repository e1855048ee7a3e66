namespace RnnLm.Embeddings;

/// <summary>Makes the embeddings of one text after another. It has working room, so it belongs to one thread.</summary>
internal sealed class TextEmbedder
{
    private readonly StateSelection selection;
    private readonly StatePool pool;
    private readonly RecurrentState start;
    private readonly RecurrentState state;
    private readonly float[] values;

    /// <param name="selection">The states that embeddings are made of.</param>
    /// <param name="pooling">How the states after the words become one.</param>
    public TextEmbedder(StateSelection selection, EmbeddingPooling pooling)
    {
        this.selection = selection;
        pool = new StatePool(pooling);
        values = new float[selection.Size];
        start = selection.Network.CreateState();
        selection.Network.Step(Vocabulary.EndOfLineId, start);
        state = start.Clone();
    }

    /// <summary>The number of values of an embedding.</summary>
    public int Size => selection.Size;

    /// <summary>Makes the embedding of a text.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="destination">Receives it: <c>[size]</c>.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public void Embed(ReadOnlySpan<int> words, Span<float> destination, CancellationToken cancellationToken = default)
    {
        start.CopyTo(state);
        if (words.IsEmpty) selection.Copy(state.States, 0, destination);
        for (var i = 0; i < words.Length; i++)
        {
            Read(words[i], values, cancellationToken);
            pool.Add(values, i, destination);
        }
        pool.Finish(words.Length, destination);
    }

    /// <summary>Makes the embeddings of the words of a text.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public float[][] EmbedWords(ReadOnlySpan<int> words, CancellationToken cancellationToken)
    {
        var embeddings = new float[words.Length][];
        start.CopyTo(state);
        for (var i = 0; i < words.Length; i++) Read(words[i], embeddings[i] = new float[Size], cancellationToken);
        return embeddings;
    }

    private void Read(int word, Span<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        selection.Network.Step(word, state);
        selection.Copy(state.States, 0, destination);
    }
}
