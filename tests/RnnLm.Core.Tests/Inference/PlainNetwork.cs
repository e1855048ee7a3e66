namespace RnnLm.Tests.Inference;

/// <summary>The network's equations written down as plain loops in double precision: what the real one is held against.</summary>
/// <param name="weights">The weights.</param>
/// <param name="roundsVectors">Whether vectors are rounded to a 63rd of their greatest magnitude before they are multiplied, as by quantised weights.</param>
internal sealed class PlainNetwork(NetworkWeights weights, bool roundsVectors = false)
{
    private readonly double[][] hidden = [.. weights.Layers.Select(layer => new double[layer.Recurrent.Columns])];
    private readonly double[][] cell = [.. weights.Layers.Select(layer => new double[layer.Projection?.Columns ?? layer.Recurrent.Columns])];

    public double[] Output => hidden[^1];

    public void Clear()
    {
        foreach (var vector in hidden.Concat(cell)) Array.Clear(vector);
    }

    public void Step(int word)
    {
        var input = Enumerable.Range(0, weights.Embedding.Columns).Select(i => At(weights.Embedding, word, i)).ToArray();
        for (var index = 0; index < weights.Layers.Count; index++)
        {
            Step(weights.Layers[index], input, hidden[index], cell[index]);
            input = hidden[index];
        }
    }

    public double[] LogProbabilities()
    {
        var head = LogSoftmax(Enumerable.Range(0, weights.Output.Rows).Select(row => Row(weights.Output, row, Output) + weights.OutputBias.Values[row]));
        if (weights.Tails.Count == 0) return head;

        // An adaptive softmax: the words of the head, and then each cluster's, whose own entries come last in the head.
        var words = head.Length - weights.Tails.Count;
        return [.. head[..words], .. weights.Tails.SelectMany((tail, index) =>
        {
            var projected = Enumerable.Range(0, tail.Projection.Rows).Select(row => Row(tail.Projection, row, Output)).ToArray();
            return LogSoftmax(Enumerable.Range(0, tail.Words.Rows).Select(row => Row(tail.Words, row, projected))).Select(value => head[words + index] + value);
        })];
    }

    private static double[] LogSoftmax(IEnumerable<double> values)
    {
        var logits = values.ToArray();
        var normalizer = Math.Log(logits.Sum(Math.Exp));
        return [.. logits.Select(logit => logit - normalizer)];
    }

    private void Step(LayerWeights layer, double[] x, double[] h, double[] c)
    {
        var size = c.Length;
        double FromInput(int gate, int unit) => Row(layer.Input, (gate * size) + unit, x) + layer.Bias.Values[(gate * size) + unit];
        double FromState(int gate, int unit) => Row(layer.Recurrent, (gate * size) + unit, h);
        double Both(int gate, int unit) => FromInput(gate, unit) + FromState(gate, unit);

        var next = new double[size];
        for (var unit = 0; unit < size; unit++)
        {
            switch (weights.Shape.Cell)
            {
                case CellKind.Elman:
                    next[unit] = Math.Tanh(Both(0, unit));
                    break;
                case CellKind.Relu:
                    next[unit] = Math.Max(0, Both(0, unit));
                    break;
                case CellKind.Lstm:
                    c[unit] = (Sigmoid(Both(1, unit)) * c[unit]) + (Sigmoid(Both(0, unit)) * Math.Tanh(Both(2, unit)));
                    next[unit] = Sigmoid(Both(3, unit)) * Math.Tanh(c[unit]);
                    break;
                case CellKind.Cifg:
                    var forget = Sigmoid(Both(0, unit));
                    c[unit] = (forget * c[unit]) + ((1 - forget) * Math.Tanh(Both(1, unit)));
                    next[unit] = Sigmoid(Both(2, unit)) * Math.Tanh(c[unit]);
                    break;
                default:
                    var reset = Sigmoid(Both(0, unit));
                    var update = Sigmoid(Both(1, unit));
                    var candidate = Math.Tanh(FromInput(2, unit) + (reset * (FromState(2, unit) + layer.RecurrentBias!.Values[unit])));
                    next[unit] = ((1 - update) * candidate) + (update * h[unit]);
                    break;
            }
        }
        if (layer.Projection is { } projection) next = [.. Enumerable.Range(0, projection.Rows).Select(row => Row(projection, row, next))];
        next.CopyTo(h, 0);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double At(NetworkParameter matrix, int row, int column) => matrix.Values[(row * matrix.Columns) + column];

    private double Row(NetworkParameter matrix, int row, double[] x)
    {
        var step = roundsVectors ? x.Max(Math.Abs) / 63 : 0;
        return Enumerable.Range(0, matrix.Columns).Sum(column => At(matrix, row, column) * (step == 0 ? x[column] : step * Math.Round(x[column] / step)));
    }
}
