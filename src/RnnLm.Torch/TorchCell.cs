using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>A cell as a module of TorchSharp, and how that is called.</summary>
/// <param name="Module">The module, of one layer.</param>
/// <param name="Forward">
/// Runs it: from the inputs <c>[length, batch, input]</c> and the state before, null for the zero state, to the hidden states
/// <c>[length, batch, hidden]</c> and the state after the last step.
/// </param>
internal sealed record TorchCell(nn.Module Module, Func<Tensor, LayerState?, (Tensor Hidden, LayerState State)> Forward)
{
    private static readonly Dictionary<CellKind, Func<long, long, Device, TorchCell>> Makers = new()
    {
        [CellKind.Elman] = (input, hidden, device) => Of(nn.RNN(input, hidden, nonLinearity: nn.NonLinearities.Tanh, device: device)),
        [CellKind.Relu] = (input, hidden, device) => Of(nn.RNN(input, hidden, nonLinearity: nn.NonLinearities.ReLU, device: device)),
        [CellKind.Lstm] = (input, hidden, device) => Of(nn.LSTM(input, hidden, device: device)),
        [CellKind.Gru] = (input, hidden, device) => Of(nn.GRU(input, hidden, device: device)),
    };

    /// <summary>Makes the module of a cell.</summary>
    /// <param name="kind">The cell.</param>
    /// <param name="inputSize">The size of what it reads.</param>
    /// <param name="hiddenSize">The size of its hidden state.</param>
    /// <param name="device">Where it is.</param>
    public static TorchCell Create(CellKind kind, int inputSize, int hiddenSize, Device device)
        => Makers.TryGetValue(kind, out var make)
            ? make(inputSize, hiddenSize, device)
            : throw new ArgumentException($"The cell {kind} is unknown.", nameof(kind));

    private static TorchCell Of(RNN rnn) => new(rnn, (inputs, state) =>
    {
        var (output, hidden) = rnn.call(inputs, state?.Hidden);
        return (output, new LayerState(hidden, null));
    });

    private static TorchCell Of(GRU gru) => new(gru, (inputs, state) =>
    {
        var (output, hidden) = gru.call(inputs, state?.Hidden);
        return (output, new LayerState(hidden, null));
    });

    private static TorchCell Of(LSTM lstm) => new(lstm, (inputs, state) =>
    {
        // Where no gradient is asked for, libtorch 2.10 takes another kernel of oneDNN 3.7, which on an AMD processor with AVX-512 (Zen 5) is
        // off by tenths wherever the hidden size is 1 to 16 above a multiple of 32. The one for training is right.
        using var tracked = enable_grad();
        var (output, hidden, memory) = lstm.call(inputs, state is { Memory: { } before } ? (state.Value.Hidden, before) : null);
        return (output, new LayerState(hidden, memory));
    });
}
