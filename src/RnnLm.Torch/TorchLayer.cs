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
    private readonly TorchCell cell;
    private readonly int units;
    private readonly int gateCount; // gates * units
    private readonly bool hasRecurrentBias;
    private readonly Parameter input;
    private readonly Parameter bias;
    private readonly Parameter? secondBias;
    private readonly Parameter? projection;

    /// <summary>Makes a layer of given weights, which are copied.</summary>
    public TorchLayer(CellKind kind, LayerWeights weights, Device device)
    {
        units = weights.RecurrentBias?.Rows ?? 0;
        gateCount = weights.Recurrent.Rows;
        hasRecurrentBias = weights.RecurrentBias is not null;
        cell = TorchCell.Create(kind, weights, device);
        input = Module.get_parameter("weight_ih_l0")!;
        Recurrent = Module.get_parameter("weight_hh_l0")!;
        bias = Module.get_parameter("bias_ih_l0")!;
        secondBias = Module.get_parameter("bias_hh_l0");
        projection = Module.get_parameter("weight_hr_l0");
        if (secondBias is not null && !hasRecurrentBias) secondBias.requires_grad = false;
        Write(weights);
    }

    public nn.Module Module => cell.Module;

    /// <summary>The recurrent matrix of all gates: <c>[gates * hidden, hidden]</c>.</summary>
    public Parameter Recurrent { get; }

    /// <summary>Runs the layer over a window.</summary>
    /// <param name="inputs">The inputs: <c>[length, batch, input]</c>.</param>
    /// <param name="state">The state before the first step, or null for the zero state.</param>
    /// <param name="segments">The steps, cut where streams are reset.</param>
    /// <returns>The hidden states <c>[length, batch, output]</c>, and the state after the last step.</returns>
    public (Tensor Hidden, LayerState State) Forward(Tensor inputs, LayerState? state, IReadOnlyList<WindowSegment> segments)
    {
        var hidden = new Tensor[segments.Count];
        foreach (var (index, segment) in segments.Index())
        {
            if (segment.Resets is { } resets) state = state?.Reset(resets);
            (hidden[index], state) = cell.Forward(inputs.narrow(0, segment.Start, segment.Length), state);
        }
        return (hidden.Length == 1 ? hidden[0] : cat(hidden), state!.Value);
    }

    /// <summary>Copies the weights, or what <paramref name="valueOf"/> makes of them.</summary>
    public void Read(LayerWeights destination, Func<Parameter, Tensor> valueOf)
    {
        valueOf(input).Read(destination.Input);
        valueOf(Recurrent).Read(destination.Recurrent);
        valueOf(bias).Read(destination.Bias);
        if (destination.Projection is { } matrix) valueOf(projection!).Read(matrix);
        if (destination.RecurrentBias is { } recurrentBias) NewGatePart(valueOf(secondBias!)).Read(recurrentBias);
    }

    public void DropSurplusGradients()
    {
        if (hasRecurrentBias) secondBias!.grad!.narrow(0, 0, gateCount - units).zero_();
    }

    /// <summary>Takes other weights.</summary>
    public void Write(LayerWeights weights)
    {
        input.Write(weights.Input);
        Recurrent.Write(weights.Recurrent);
        bias.Write(weights.Bias);
        if (weights.Projection is { } matrix) projection!.Write(matrix);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        secondBias?.zero_();
        if (weights.RecurrentBias is { } recurrentBias) NewGatePart(secondBias!).Write(recurrentBias);
    }

    // Of a GRU's gates r z n: [3 * hidden]
    private Tensor NewGatePart(Tensor values) => values.narrow(0, gateCount - units, units);
}
