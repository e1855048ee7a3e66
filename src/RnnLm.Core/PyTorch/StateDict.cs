namespace RnnLm.PyTorch;

/// <summary>
/// The weights of a network as the state_dict of PyTorch's word_language_model: an <c>nn.Embedding</c> named <c>encoder</c>, a stack of
/// recurrent layers in one module named <c>rnn</c>, an <c>nn.Linear</c> named <c>decoder</c>. All values but those of the second biases
/// are the very arrays of the weights.
/// </summary>
/// <remarks>
/// PyTorch gives every gate two biases. Their sum is what counts, except in a GRU's gate <c>n</c>, where the second one is
/// <see cref="LayerWeights.RecurrentBias"/>.
/// </remarks>
internal sealed class StateDict
{
    public const string EncoderWeight = "encoder.weight";
    public const string DecoderWeight = "decoder.weight";
    public const string DecoderBias = "decoder.bias";

    private readonly NetworkWeights weights;
    private readonly float[][] secondBiases; // for each layer: [gates * hidden]

    public StateDict(NetworkWeights weights)
    {
        this.weights = weights;
        secondBiases = [.. weights.Layers.Select(layer => new float[layer.Bias.Rows])];
    }

    /// <summary>Every tensor, in PyTorch's order. Where output layer and embedding are tied, both names are there, with the same values.</summary>
    public IEnumerable<StateDictTensor> Tensors
    {
        get
        {
            yield return Matrix(EncoderWeight, weights.Embedding);
            for (var layer = 0; layer < weights.Layers.Count; layer++)
            {
                var ours = weights.Layers[layer];
                yield return Matrix(InputWeight(layer), ours.Input);
                yield return Matrix(RecurrentWeight(layer), ours.Recurrent);
                yield return Vector(FirstBias(layer), ours.Bias.Values);
                yield return Vector(SecondBias(layer), secondBiases[layer]);
                if (ours.Projection is { } projection) yield return Matrix(Projection(layer), projection);
            }
            yield return Matrix(DecoderWeight, weights.Output);
            yield return Vector(DecoderBias, weights.OutputBias.Values);
        }
    }

    public static string InputWeight(int layer) => $"rnn.weight_ih_l{layer}";

    public static string RecurrentWeight(int layer) => $"rnn.weight_hh_l{layer}";

    public static string FirstBias(int layer) => $"rnn.bias_ih_l{layer}";

    public static string SecondBias(int layer) => $"rnn.bias_hh_l{layer}";

    /// <summary>What projects the hidden state, where <c>proj_size</c> is not zero.</summary>
    public static string Projection(int layer) => $"rnn.weight_hr_l{layer}";

    /// <summary>Fills the second biases: zero, but for that of a GRU's gate <c>n</c>.</summary>
    public void FillSecondBiases()
    {
        foreach (var (layer, second) in weights.Layers.Zip(secondBiases))
        {
            Array.Clear(second);
            layer.RecurrentBias?.Values.CopyTo(second.AsSpan(second.Length - layer.RecurrentBias.Rows));
        }
    }

    /// <summary>Brings the second biases into the weights.</summary>
    public void TakeSecondBiases()
    {
        foreach (var (layer, second) in weights.Layers.Zip(secondBiases))
        {
            var summed = second.Length - (layer.RecurrentBias?.Rows ?? 0);
            for (var row = 0; row < summed; row++) layer.Bias.Values[row] += second[row];
            if (layer.RecurrentBias is { } recurrentBias) second.AsSpan(summed).CopyTo(recurrentBias.Values);
        }
    }

    // A matrix stays one where it has a single column.
    private static StateDictTensor Matrix(string name, NetworkParameter parameter) => new(name, [parameter.Rows, parameter.Columns], parameter.Values);

    private static StateDictTensor Vector(string name, float[] values) => new(name, [values.Length], values);
}
