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
    private static readonly Dictionary<CellKind, Func<LayerWeights, Device, TorchCell>> Makers = new()
    {
        [CellKind.Elman] = (sizes, device) => Of(nn.RNN(sizes.Input.Columns, sizes.Recurrent.Columns, nonLinearity: nn.NonLinearities.Tanh, device: device)),
        [CellKind.Relu] = (sizes, device) => Of(nn.RNN(sizes.Input.Columns, sizes.Recurrent.Columns, nonLinearity: nn.NonLinearities.ReLU, device: device)),
        [CellKind.Lstm] = (sizes, device) => sizes.Projection is not null ? Of(new GatedSteps(GatedSteps.LstmStep, sizes, device)) : Of(nn.LSTM(sizes.Input.Columns, sizes.Recurrent.Columns, device: device)),
        [CellKind.Gru] = (sizes, device) => Of(nn.GRU(sizes.Input.Columns, sizes.Recurrent.Columns, device: device)),
        [CellKind.Cifg] = (sizes, device) => Of(new GatedSteps(GatedSteps.CoupledStep, sizes, device)),
    };

    /// <summary>Makes the module of a cell.</summary>
    /// <param name="kind">The cell.</param>
    /// <param name="sizes">Weights of the layer's sizes, which are not copied.</param>
    /// <param name="device">Where it is.</param>
    public static TorchCell Create(CellKind kind, LayerWeights sizes, Device device)
        => Makers.TryGetValue(kind, out var make)
            ? make(sizes, device)
            : throw new ArgumentException($"The cell {kind} is unknown.", nameof(kind));

    private static TorchCell Of(GatedSteps steps) => new(steps, steps.Forward);

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
