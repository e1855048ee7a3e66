using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The loss of one long stream of words without dropout. The stream is read in blocks of positions, so that the output layer is a
/// product over many; the memory is that of a block, however long the stream. One stream cannot be divided among threads, but its
/// layers can: each works on the stretch of the block that the layer below has finished before.
/// </summary>
internal sealed class Evaluation
{
    private const int BlockLength = 512;
    private const int StretchLength = 64;

    private readonly Network network;
    private readonly Workers workers;
    private readonly Action<int> forwardLayer;
    private readonly UnrolledLayer[] layers;
    private readonly MatrixView embeddings; // [block, embedding]
    private readonly MatrixView features; // [block, output]
    private readonly int[] inputs = new int[BlockLength];
    private int length;
    private int wave;

    /// <param name="network">The network.</param>
    /// <param name="workers">The threads that share the work.</param>
    public Evaluation(Network network, Workers workers)
    {
        this.network = network;
        this.workers = workers;
        forwardLayer = ForwardLayer;
        var shape = network.Weights.Shape;
        layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new UnrolledLayer(shape, layer, 1, BlockLength, forTraining: false))];
        embeddings = MatrixView.Zeros(BlockLength, shape.EmbeddingSize);
        features = MatrixView.Zeros(OutputLayer.RowsFor(BlockLength), shape.OutputSize);
    }

    /// <summary>The sum of <c>-ln p</c> over the words, from the zero state, the first predicted from an end-of-line word.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Run(ReadOnlySpan<int> ids, CancellationToken cancellation)
    {
        var loss = 0.0;
        var previous = Vocabulary.EndOfLineId;
        for (var start = 0; start < ids.Length; start += BlockLength)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = ids.Slice(start, Math.Min(BlockLength, ids.Length - start));
            inputs[0] = previous;
            block[..^1].CopyTo(inputs.AsSpan(1));
            previous = block[^1];
            loss += RunBlock(block, startsFresh: start == 0);
        }
        return loss;
    }

    private double RunBlock(ReadOnlySpan<int> targets, bool startsFresh)
    {
        length = targets.Length;
        network.Embedding.Forward(inputs.AsSpan(0, length), embeddings.RowRange(0, length));
        foreach (var layer in layers) layer.Begin(length, startsFresh);
        var stretches = (length + StretchLength - 1) / StretchLength;
        for (wave = 0; wave < stretches + layers.Length - 1; wave++) workers.Run(layers.Length, forwardLayer);

        var output = layers[^1].HiddenAfter;
        for (var row = 0; row < OutputLayer.RowsFor(length); row++)
        {
            if (row < length) output.Row(row).CopyTo(features.Row(row));
            else features.Row(row).Clear();
        }
        foreach (var layer in layers) layer.CarryState();
        return network.Output.Loss(features, targets);
    }

    private void ForwardLayer(int layer)
    {
        var start = (wave - layer) * StretchLength;
        if (start < 0 || start >= length) return;
        var input = layer == 0 ? embeddings : layers[layer - 1].HiddenAfter;
        network.Layers[layer].Forward(layers[layer], input, start, Math.Min(StretchLength, length - start));
    }
}
