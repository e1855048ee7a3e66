using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>
/// The network as TorchSharp modules that read one word at a time. They are cells: <c>nn.LSTM</c> over a sequence of one word takes three
/// times as long, and without a gradient libtorch 2.10 gets it wrong on some processors (see <c>TorchLayer</c> of the TorchSharp engine).
/// </summary>
sealed class LibtorchNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Embedding embedding;
    private readonly nn.Module[] cells;
    private readonly Linear output;
    private readonly Tensor[][] states; // of every layer: the hidden state, and an LSTM's memory, each [1, hidden]

    /// <summary>Makes a network of random weights, in the zero state.</summary>
    public LibtorchNetwork(NetworkShape shape)
        : base(nameof(LibtorchNetwork))
    {
        embedding = nn.Embedding(shape.VocabularySize, shape.EmbeddingSize);
        cells = [.. Enumerable.Range(0, shape.Layers).Select(layer => Cell(shape.Cell, shape.InputSizeOf(layer), shape.OutputSizeOf(layer)))];
        output = nn.Linear(shape.OutputSize, shape.VocabularySize);
        states = [.. Enumerable.Range(0, shape.Layers).Select(layer => Keep(zeros(1, shape.OutputSizeOf(layer)), zeros(1, shape.OutputSizeOf(layer))))];

        RegisterComponents();
        for (var layer = 0; layer < cells.Length; layer++) register_module($"cell{layer}", cells[layer]);
        eval();
    }

    /// <summary>Takes over the weights of a network.</summary>
    public void Write(NetworkWeights weights)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Write(embedding, "weight", weights.Embedding);
        foreach (var (cell, layer) in cells.Zip(weights.Layers))
        {
            Write(cell, "weight_ih", layer.Input);
            Write(cell, "weight_hh", layer.Recurrent);
            Write(cell, "bias_ih", layer.Bias);
            var second = cell.get_parameter("bias_hh")!.zero_();
            if (layer.RecurrentBias is { } bias) second.narrow(0, second.shape[0] - bias.Values.Length, bias.Values.Length).copy_(tensor(bias.Values));
        }
        Write(output, "weight", weights.Output);
        Write(output, "bias", weights.OutputBias);
    }

    /// <summary>Reads a word, <c>[1]</c>, and gives the log-probabilities of the next, <c>[vocabulary]</c>.</summary>
    public override Tensor forward(Tensor word)
    {
        using var scope = NewDisposeScope();
        var values = embedding.call(word); // [1, size]
        for (var layer = 0; layer < cells.Length; layer++)
        {
            var next = Keep(Step(cells[layer], values, states[layer]));
            Release(states[layer]);
            states[layer] = next;
            values = next[0];
        }
        return nn.functional.log_softmax(output.call(values).view(-1), 0).MoveToOuterDisposeScope();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var state in states) Release(state);
        base.Dispose(disposing);
    }

    private static nn.Module Cell(CellKind cell, int inputSize, int hiddenSize) => cell switch
    {
        CellKind.Elman => nn.RNNCell(inputSize, hiddenSize, nn.NonLinearities.Tanh),
        CellKind.Relu => nn.RNNCell(inputSize, hiddenSize, nn.NonLinearities.ReLU),
        CellKind.Gru => nn.GRUCell(inputSize, hiddenSize),
        CellKind.Lstm => nn.LSTMCell(inputSize, hiddenSize),
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, "The cell is unknown."),
    };

    private static Tensor[] Step(nn.Module cell, Tensor input, Tensor[] state)
    {
        switch (cell)
        {
            case LSTMCell lstm:
                var (hidden, memory) = lstm.call(input, (state[0], state[1]));
                return [hidden, memory];
            case GRUCell gru:
                return [gru.call(input, state[0])];
            default:
                return [((RNNCell)cell).call(input, state[0])];
        }
    }

    private static Tensor[] Keep(params Tensor[] state) => [.. state.Select(tensor => tensor.DetachFromDisposeScope())];

    private static void Release(Tensor[] state)
    {
        foreach (var tensor in state) tensor.Dispose();
    }

    private static void Write(nn.Module module, string parameter, NetworkParameter weights)
    {
        var destination = module.get_parameter(parameter)!;
        destination.copy_(tensor(weights.Values, destination.shape));
    }
}
