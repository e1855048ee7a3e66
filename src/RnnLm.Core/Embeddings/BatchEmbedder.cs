using RnnLm.Reading;

namespace RnnLm.Embeddings;

/// <summary>Makes the embeddings of many texts at once. It has working room, so it belongs to one thread.</summary>
/// <param name="selection">The states that embeddings are made of.</param>
/// <param name="pooling">How the states after the words become one.</param>
/// <param name="capacity">The greatest number of texts in a batch.</param>
internal sealed class BatchEmbedder(StateSelection selection, EmbeddingPooling pooling, int capacity)
{
    private readonly PrefixTree tree = new(selection.Network, capacity);
    private readonly StatePool pool = new(pooling);
    private readonly float[] values = new float[selection.Size];

    /// <summary>Makes embeddings.</summary>
    /// <param name="texts">The texts' word ids, in the order of <see cref="PrefixTree.Compare"/>.</param>
    /// <param name="places">The place of each among all texts.</param>
    /// <param name="embeddings">Receives the embedding of each.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public void Embed(ReadOnlyMemory<ReadOnlyMemory<int>> texts, ReadOnlyMemory<int> places, float[][] embeddings, CancellationToken cancellationToken)
    {
        tree.Begin(texts);
        for (var text = 0; text < texts.Length; text++)
        {
            var embedding = embeddings[places.Span[text]] = new float[selection.Size];
            if (texts.Span[text].IsEmpty) selection.Copy(tree.States, tree.Nodes[text], embedding);
        }
        while (tree.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var last = PrefixTree.Ended;
            for (var text = 0; text < texts.Length; text++)
            {
                var node = tree.Nodes[text];
                if (node == PrefixTree.Ended) continue;
                // Texts that begin alike stand together, and have one state.
                if (node != last) selection.Copy(tree.States, last = node, values);
                pool.Add(values, tree.Depth - 1, embeddings[places.Span[text]]);
            }
        }
        for (var text = 0; text < texts.Length; text++) pool.Finish(texts.Span[text].Length, embeddings[places.Span[text]]);
    }
}
