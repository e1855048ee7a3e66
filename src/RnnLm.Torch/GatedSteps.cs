using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// A layer of cells with a memory, a step after the other, where TorchSharp has no module that does all of them in one call: of cells that
/// PyTorch has not, and where the hidden state is projected. Its parameters have the names of <c>nn.LSTM</c>'s; there is no second bias.
/// </summary>
internal sealed class GatedSteps : nn.Module
{
    private readonly Func<Tensor, Tensor, (Tensor Output, Tensor Memory)> step;
    private readonly Parameter input; // [gates * hidden, input]
    private readonly Parameter recurrent; // [gates * hidden, output]
    private readonly Parameter bias; // [gates * hidden]
    private readonly Parameter? projection; // [output, hidden]
    private readonly long units;

    /// <param name="step">From what the gates are given <c>[batch, gates * hidden]</c> and the memory before, makes the output and the memory.</param>
    /// <param name="sizes">Weights of the layer's sizes.</param>
    /// <param name="device">Where it is.</param>
    public GatedSteps(Func<Tensor, Tensor, (Tensor Output, Tensor Memory)> step, LayerWeights sizes, Device device)
        : base(nameof(GatedSteps))
    {
        this.step = step;
        input = Register("weight_ih_l0", sizes.Input.Rows, sizes.Input.Columns);
        recurrent = Register("weight_hh_l0", sizes.Recurrent.Rows, sizes.Recurrent.Columns);
        bias = Register("bias_ih_l0", sizes.Bias.Rows);
        if (sizes.Projection is { } matrix) projection = Register("weight_hr_l0", matrix.Rows, matrix.Columns);
        units = projection?.shape[1] ?? recurrent.shape[1];

        Parameter Register(string name, params long[] size)
        {
            var parameter = new Parameter(zeros(size, device: device));
            register_parameter(name, parameter);
            return parameter;
        }
    }

    /// <summary><c>i f g o</c>: <c>c = f∘c' + i∘g</c>, <c>h = o∘tanh(c)</c>.</summary>
    public static (Tensor Output, Tensor Memory) LstmStep(Tensor gates, Tensor memory)
    {
        var parts = gates.chunk(4, 1);
        var next = (parts[1].sigmoid() * memory).Plus(parts[0].sigmoid() * parts[2].tanh());
        return (parts[3].sigmoid() * next.tanh(), next);
    }

    /// <summary><c>f g o</c>: <c>c = f∘c' + (1−f)∘g</c>, <c>h = o∘tanh(c)</c>.</summary>
    public static (Tensor Output, Tensor Memory) CoupledStep(Tensor gates, Tensor memory)
    {
        var parts = gates.chunk(3, 1);
        var candidate = parts[1].tanh();
        var next = candidate.Plus(parts[0].sigmoid() * (memory - candidate));
        return (parts[2].sigmoid() * next.tanh(), next);
    }

    /// <inheritdoc cref="TorchCell"/>
    public (Tensor Hidden, LayerState State) Forward(Tensor inputs, LayerState? state)
    {
        var batch = inputs.shape[1];
        var hidden = state?.Hidden.squeeze(0) ?? zeros([batch, recurrent.shape[1]], device: inputs.device);
        var memory = state?.Memory?.squeeze(0) ?? zeros([batch, units], device: inputs.device);
        var fromInputs = nn.functional.linear(inputs, input, bias); // [length, batch, gates * hidden]
        var outputs = new Tensor[inputs.shape[0]];
        for (var t = 0; t < outputs.Length; t++)
        {
            (hidden, memory) = step(fromInputs.select(0, t).Plus(nn.functional.linear(hidden, recurrent)), memory);
            if (projection is not null) hidden = nn.functional.linear(hidden, projection);
            outputs[t] = hidden;
        }
        return (stack(outputs), new LayerState(hidden.unsqueeze(0), memory.unsqueeze(0)));
    }
}
