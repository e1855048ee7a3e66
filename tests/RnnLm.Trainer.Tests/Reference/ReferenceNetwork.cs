namespace RnnLm.Training.Tests.Reference;

/// <summary>
/// The whole network in double precision: forward pass, loss, and gradients by back-propagation through time, one stream after
/// another, with loops only. It is what the engines are held to, and is itself held to finite differences.
/// </summary>
/// <param name="weights">The weights; they may be changed between runs.</param>
internal sealed class ReferenceNetwork(ReferenceWeights weights)
{
    private readonly NetworkShape shape = weights.Shape;
    private readonly ReferenceCell cell = ReferenceCell.Of(weights.Shape.Cell);

    /// <summary>
    /// By what dropout multiplies a value: at place 0 the embedding, at place <c>l</c> the output of layer <c>l - 1</c>; the index
    /// is that of the value in <c>[length, batch, size]</c>. Null for no dropout.
    /// </summary>
    public Func<int, int, double>? DropoutFactor { get; init; }

    /// <summary>What predicts words.</summary>
    public ReferenceOutput Output { get; init; } = ReferenceOutput.Of(weights.Shape);

    /// <summary>
    /// Runs a window from <paramref name="state"/>, which moves on, and returns the sum of <c>-ln p</c> over its targets. Where
    /// <paramref name="gradients"/> are given, the gradients of the mean are added to them.
    /// </summary>
    public double Run(Window window, ReferenceState state, ReferenceWeights? gradients = null)
    {
        var (inputs, targets) = (window.Inputs.ToArray(), window.Targets.ToArray());
        var count = targets.Count(target => target != Window.Padding);
        var loss = 0.0;
        for (var stream = 0; stream < window.BatchSize; stream++)
            loss += RunStream(inputs, targets, stream, window, state, gradients, 1.0 / count);
        return loss;
    }

    /// <summary>The sum of <c>-ln p</c> over one stream of words, the first predicted from <paramref name="firstInput"/>.</summary>
    public double Evaluate(ReadOnlySpan<int> ids, int firstInput)
    {
        var state = new ReferenceState(shape, 1);
        var window = new Window(1, 1) { Length = 1, TargetCount = 1 };
        var loss = 0.0;
        var input = firstInput;
        foreach (var id in ids)
        {
            window.Inputs[0] = input;
            window.Targets[0] = id;
            loss += Run(window, state);
            input = id;
        }
        return loss;
    }

    private double RunStream(
        int[] inputs, int[] targets, int stream, Window window, ReferenceState state, ReferenceWeights? gradients, double scale)
    {
        var (length, batch) = (window.Length, window.BatchSize);
        (double[][] Hidden, double[][] Cell) ZeroState() => (
            [.. Enumerable.Range(0, shape.Layers).Select(layer => new double[shape.OutputSizeOf(layer)])],
            [.. Enumerable.Range(0, shape.Layers).Select(layer => new double[shape.UnitsOf(layer)])]);
        var steps = new ReferenceStep[length, shape.Layers];
        var tops = new double[length][];
        var loss = 0.0;
        for (var t = 0; t < length; t++)
        {
            var position = t * batch + stream;
            if (window.Resets[position]) (state.Hidden[stream], state.Cell[stream]) = ZeroState();
            var x = Dropped(weights.Embedding.AsSpan(inputs[position] * shape.EmbeddingSize, shape.EmbeddingSize).ToArray(), 0, position);
            for (var layer = 0; layer < shape.Layers; layer++)
            {
                var step = cell.Forward(weights.Layer(layer), x, state.Hidden[stream][layer], state.Cell[stream][layer]);
                steps[t, layer] = step;
                state.Hidden[stream][layer] = weights.Layer(layer).Project(step.Hidden);
                state.Cell[stream][layer] = step.Cell;
                x = Dropped(state.Hidden[stream][layer], layer + 1, position);
            }
            tops[t] = x;
            if (targets[position] != Window.Padding) loss += Output.Loss(weights, x, targets[position]);
        }
        if (gradients is null) return loss;

        var (hiddenGradients, cellGradients) = ZeroState();
        for (var t = length - 1; t >= 0; t--)
        {
            var position = t * batch + stream;
            var above = new double[shape.OutputSize];
            if (targets[position] != Window.Padding) Output.Backward(weights, tops[t], targets[position], scale, gradients, above);
            for (var layer = shape.Layers - 1; layer >= 0; layer--)
            {
                above = Dropped(above, layer + 1, position);
                var output = above.Zip(hiddenGradients[layer], (a, b) => a + b).ToArray();
                var hidden = weights.Layer(layer).ProjectBackward(output, steps[t, layer].Hidden, gradients.Layer(layer));
                (above, hiddenGradients[layer], cellGradients[layer]) =
                    cell.Backward(weights.Layer(layer), steps[t, layer], hidden, cellGradients[layer], gradients.Layer(layer));
            }
            if (window.Resets[position]) (hiddenGradients, cellGradients) = ZeroState();
            above = Dropped(above, 0, position);
            for (var j = 0; j < above.Length; j++) gradients.Embedding[inputs[position] * above.Length + j] += above[j];
        }
        return loss;
    }

    private double[] Dropped(double[] values, int place, int position)
        => DropoutFactor is null ? values : [.. values.Select((value, j) => value * DropoutFactor(place, position * values.Length + j))];
}
