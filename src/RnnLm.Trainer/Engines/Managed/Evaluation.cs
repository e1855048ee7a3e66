using RnnLm.Numerics;
using RnnLm.Text;

namespace RnnLm.Training;

/// <summary>
/// The loss of one long stream of words without dropout. The stream is read in blocks of positions, layer by layer, so that the input
/// projections and the output layer are products over a whole block; the memory is that of a block, however long the stream.
/// </summary>
internal sealed class Evaluation
{
    private const int BlockLength = 512;

    private readonly Network network;
    private readonly UnrolledLayer[] layers;
    private readonly MatrixView embeddings; // [block, embedding]
    private readonly MatrixView features; // [block, output]
    private readonly int[] inputs = new int[BlockLength];

    /// <param name="network">The network.</param>
    public Evaluation(Network network)
    {
        this.network = network;
        var shape = network.Weights.Shape;
        layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new UnrolledLayer(shape, layer, 1, BlockLength, forTraining: false))];
        embeddings = new MatrixView(new float[BlockLength * shape.EmbeddingSize], BlockLength, shape.EmbeddingSize);
        var rows = SoftmaxLayer.RowsFor(BlockLength);
        features = new MatrixView(new float[rows * shape.OutputSize], rows, shape.OutputSize);
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
        var input = embeddings.RowRange(0, targets.Length);
        network.Embedding.Forward(inputs.AsSpan(0, targets.Length), input);
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer].Begin(targets.Length, startsFresh);
            network.Layers[layer].Forward(layers[layer], input);
            input = layers[layer].HiddenAfter;
        }
        for (var row = 0; row < SoftmaxLayer.RowsFor(targets.Length); row++)
        {
            if (row < targets.Length) input.Row(row).CopyTo(features.Row(row));
            else features.Row(row).Clear();
        }
        foreach (var layer in layers) layer.CarryState();
        return network.Output.Loss(features, targets);
    }
}
