using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Truncated back-propagation through time: the forward pass over a window, its loss, and all gradients of the mean loss. All memory
/// is here, in proportion to batch and window; the state of every stream stays here from window to window.
/// </summary>
internal sealed class TruncatedBackPropagation
{
    private readonly Network network;
    private readonly Dropout dropout;
    private readonly Workers workers;
    private readonly UnrolledLayer[] layers;
    private readonly MatrixView[] layerInputs; // of every layer: [positions, input]; empty where it reads the layer below directly
    private readonly MatrixView embeddingGradient; // [positions, embedding]
    private readonly MatrixView features; // the positions that have targets, one after another: [targets, output]
    private readonly MatrixView featureGradient;
    private readonly int[] inputs;
    private readonly int[] targets;
    private readonly int[] targetPositions; // the positions of the targets
    private readonly Action<int> gatherPart;
    private readonly Action<int> scatterPart;
    private int targetCount;
    private long step;

    /// <param name="network">The network.</param>
    /// <param name="dropout">Dropout.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="batchSize">The number of streams.</param>
    /// <param name="capacity">The greatest number of steps.</param>
    public TruncatedBackPropagation(Network network, Dropout dropout, Workers workers, int batchSize, int capacity)
    {
        this.network = network;
        this.dropout = dropout;
        this.workers = workers;
        BatchSize = batchSize;
        Capacity = capacity;
        var shape = network.Weights.Shape;
        var positions = checked(batchSize * capacity);
        var needsOwnInput = (int layer) => layer == 0 || dropout.IsActive;
        layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new UnrolledLayer(shape, layer, batchSize, capacity))];
        layerInputs = [.. Enumerable.Range(0, shape.Layers).Select(layer => MatrixView.Zeros(needsOwnInput(layer) ? positions : 0, shape.InputSizeOf(layer)))];
        embeddingGradient = MatrixView.Zeros(positions, shape.EmbeddingSize);
        features = MatrixView.Zeros(OutputLayer.RowsFor(positions), shape.OutputSize);
        featureGradient = MatrixView.Zeros(positions, shape.OutputSize);
        inputs = new int[positions];
        targets = new int[positions];
        targetPositions = new int[positions];
        gatherPart = GatherPart;
        scatterPart = ScatterPart;
    }

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; }

    /// <summary>The greatest number of steps.</summary>
    public int Capacity { get; }

    /// <summary>Goes on from where another left off.</summary>
    /// <param name="other">One with as many streams.</param>
    public void CarryStateFrom(TruncatedBackPropagation other)
    {
        for (var layer = 0; layer < layers.Length; layer++) layers[layer].CarryStateFrom(other.layers[layer]);
    }

    /// <summary>
    /// Runs a window forward and back. The gradients of the network are then those of the mean loss, and the state has moved on.
    /// Without any target only the state moves on.
    /// </summary>
    /// <param name="window">The words.</param>
    /// <param name="step">The training step, from which dropout follows.</param>
    /// <returns>The sum of <c>-ln p</c> over the targets.</returns>
    public double Run(Window window, long step)
    {
        this.step = step;
        ReadWords(window);
        foreach (var layer in layers) layer.Begin(window.Length, window.StartsFresh);
        Forward();
        var loss = 0.0;
        if (targetCount > 0)
        {
            workers.Run(workers.Count, gatherPart);
            for (var row = targetCount; row < OutputLayer.RowsFor(targetCount); row++) features.Row(row).Clear();
            loss = network.Output.LossAndGradients(features, targets.AsSpan(0, targetCount), featureGradient.RowRange(0, targetCount));
            workers.Run(workers.Count, scatterPart);
            Backward();
        }
        foreach (var layer in layers) layer.CarryState();
        return loss;
    }

    private void Forward()
    {
        network.Embedding.Forward(inputs.AsSpan(0, layers[0].Positions), InputOf(0));
        if (dropout.IsActive) dropout.Apply(InputOf(0), InputOf(0), step, 0);
        for (var layer = 0; layer < layers.Length; layer++)
        {
            if (layer > 0 && dropout.IsActive) dropout.Apply(layers[layer - 1].HiddenAfter, InputOf(layer), step, layer);
            network.Layers[layer].Forward(layers[layer], InputOf(layer));
        }
    }

    private void Backward()
    {
        for (var layer = layers.Length - 1; layer >= 0; layer--)
        {
            var below = layer > 0 ? layers[layer - 1].HiddenAfterGradient : embeddingGradient.RowRange(0, layers[0].Positions);
            network.Layers[layer].Backward(layers[layer], InputOf(layer), below);
            if (dropout.IsActive) dropout.Apply(below, below, step, layer);
        }
        network.Embedding.Backward(inputs.AsMemory(0, layers[0].Positions), embeddingGradient);
    }

    private MatrixView InputOf(int layer)
        => layerInputs[layer].Rows > 0 ? layerInputs[layer].RowRange(0, layers[layer].Positions) : layers[layer - 1].HiddenAfter;

    private void ReadWords(Window window)
    {
        window.Inputs.CopyTo(inputs);
        targetCount = 0;
        for (var position = 0; position < window.Targets.Length; position++)
        {
            Check(window.Inputs[position], position, "input");
            var target = window.Targets[position];
            if (target == Window.Padding) continue;
            Check(target, position, "target");
            targets[targetCount] = target;
            targetPositions[targetCount++] = position;
        }
    }

    private void Check(int id, int position, string what)
    {
        var words = network.Weights.Shape.VocabularySize;
        if ((uint)id >= (uint)words)
            throw new ArgumentException($"The {what} at position {position} of the window is word {id}; the vocabulary has the words 0 to {words - 1}.", nameof(id));
    }

    private void GatherPart(int part)
    {
        var (start, count) = Partition.Share(targetCount, part, workers.Count);
        var hidden = layers[^1].HiddenAfter;
        for (var row = start; row < start + count; row++)
        {
            var position = targetPositions[row];
            if (dropout.IsActive) dropout.Apply(hidden.Row(position), features.Row(row), step, layers.Length, position * hidden.Columns);
            else hidden.Row(position).CopyTo(features.Row(row));
        }
    }

    private void ScatterPart(int part)
    {
        var hiddenGradient = layers[^1].HiddenAfterGradient;
        var (start, count) = Partition.Share(hiddenGradient.Rows, part, workers.Count);
        var row = targetPositions.AsSpan(0, targetCount).BinarySearch(start);
        if (row < 0) row = ~row;
        for (var position = start; position < start + count; position++)
        {
            var gradient = hiddenGradient.Row(position);
            if (row == targetCount || targetPositions[row] != position) gradient.Clear();
            else if (dropout.IsActive) dropout.Apply(featureGradient.Row(row++), gradient, step, layers.Length, position * gradient.Length);
            else featureGradient.Row(row++).CopyTo(gradient);
        }
    }
}
