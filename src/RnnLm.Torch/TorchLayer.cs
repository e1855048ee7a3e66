using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// One recurrent layer: a module of its own, since with tied weights the last layer may differ from the others in size.
/// </summary>
/// <remarks>
/// PyTorch gives every gate two biases whose sum is what counts. Trained both, a bias would move at twice the rate and weigh
/// twice in the gradient's norm, so only <c>bias_ih</c> is learned and <c>bias_hh</c> stays zero. In a GRU the third part of
/// <c>bias_hh</c> is a parameter in its own right, b_hn; there the gradient of the other two parts is taken out.
/// </remarks>
internal sealed class TorchLayer
{
    private readonly CellKind cell;
    private readonly int hiddenSize;
    private readonly Parameter input;
    private readonly Parameter recurrent;
    private readonly Parameter bias;
    private readonly Parameter secondBias;

    public TorchLayer(NetworkShape shape, int layer, Device device)
    {
        cell = shape.Cell;
        hiddenSize = shape.OutputSizeOf(layer);
        var inputSize = shape.InputSizeOf(layer);
        Module = cell switch
        {
            CellKind.Elman => nn.RNN(inputSize, hiddenSize, nonLinearity: nn.NonLinearities.Tanh, device: device),
            CellKind.Relu => nn.RNN(inputSize, hiddenSize, nonLinearity: nn.NonLinearities.ReLU, device: device),
            CellKind.Lstm => nn.LSTM(inputSize, hiddenSize, device: device),
            CellKind.Gru => nn.GRU(inputSize, hiddenSize, device: device),
            _ => throw new ArgumentException($"The cell {cell} is unknown.", nameof(shape)),
        };
        input = Module.get_parameter("weight_ih_l0")!;
        recurrent = Module.get_parameter("weight_hh_l0")!;
        bias = Module.get_parameter("bias_ih_l0")!;
        secondBias = Module.get_parameter("bias_hh_l0")!;
        if (cell != CellKind.Gru) secondBias.requires_grad = false;
    }

    public nn.Module Module { get; }

    /// <summary>Runs the layer over a window.</summary>
    /// <param name="inputs">The inputs: <c>[length, batch, input]</c>.</param>
    /// <param name="state">The state before the first step, or null for the zero state.</param>
    /// <returns>The hidden states <c>[length, batch, hidden]</c>, and the state after the last step.</returns>
    public (Tensor Hidden, LayerState State) Forward(Tensor inputs, LayerState? state)
    {
        switch (Module)
        {
            case LSTM lstm:
                return Forward(lstm, inputs, state);
            case GRU gru:
                var (output, hidden) = gru.call(inputs, state?.Hidden);
                return (output, new LayerState(hidden, null));
            default:
                (output, hidden) = ((RNN)Module).call(inputs, state?.Hidden);
                return (output, new LayerState(hidden, null));
        }
    }

    private static (Tensor Hidden, LayerState State) Forward(LSTM lstm, Tensor inputs, LayerState? state)
    {
        // Where no gradient is asked for, libtorch 2.10 takes another kernel of oneDNN 3.7, which on an AMD processor with AVX-512 (Zen 5) is
        // off by tenths wherever the hidden size is 1 to 16 above a multiple of 32. The one for training is right.
        using var tracked = enable_grad();
        var (output, hidden, memory) = lstm.call(inputs, state is { Cell: { } before } ? (state.Value.Hidden, before) : null);
        return (output, new LayerState(hidden, memory));
    }

    public void Write(LayerWeights weights)
    {
        input.Write(weights.Input);
        recurrent.Write(weights.Recurrent);
        bias.Write(weights.Bias);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        secondBias.zero_();
        if (weights.RecurrentBias is { } recurrentBias) NewGatePart(secondBias).Write(recurrentBias);
    }

    /// <summary>Copies the weights, or what <paramref name="valueOf"/> makes of them.</summary>
    public void Read(LayerWeights destination, Func<Parameter, Tensor> valueOf)
    {
        valueOf(input).Read(destination.Input);
        valueOf(recurrent).Read(destination.Recurrent);
        valueOf(bias).Read(destination.Bias);
        if (destination.RecurrentBias is { } recurrentBias) NewGatePart(valueOf(secondBias)).Read(recurrentBias);
    }

    public void DropSurplusGradients()
    {
        if (cell == CellKind.Gru) secondBias.grad!.narrow(0, 0, 2 * hiddenSize).zero_();
    }

    // The gates are r z n: [3 * hidden]
    private Tensor NewGatePart(Tensor values) => values.narrow(0, 2 * hiddenSize, hiddenSize);
}
