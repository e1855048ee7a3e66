using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>The four parameters of a recurrent module of one layer, uniform in ±1/√hidden as PyTorch begins.</summary>
internal sealed class RecurrentParameters
{
    private readonly Parameter[] all;
    private readonly long hiddenSize;
    private readonly torch.Device device;

    public RecurrentParameters(torch.nn.Module module, CudnnMode mode, int gates, long inputSize, long hiddenSize, torch.Device device)
    {
        this.hiddenSize = hiddenSize;
        this.device = device;
        all = [Uniform(gates * hiddenSize, inputSize), Uniform(gates * hiddenSize, hiddenSize), Uniform(gates * hiddenSize), Uniform(gates * hiddenSize)];
        string[] names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        foreach (var (name, parameter) in names.Zip(all)) module.register_parameter(name, parameter);

        using var handles = Handles();
        Native.Check(NativeMethods.standin_flatten(handles.Pointers, inputSize, hiddenSize, (long)mode));
    }

    /// <summary>A recurrent function, as cuDNN numbers them.</summary>
    public enum CudnnMode
    {
        Relu = 0,
        Tanh = 1,
        Lstm = 2,
        Gru = 3,
    }

    public TensorHandles Handles() => new(all);

    /// <summary>The state before the first word: <c>[1, batch, hidden]</c>, zero.</summary>
    public torch.Tensor ZeroState(torch.Tensor input)
        => Native.Tensor(NativeMethods.standin_tensor_zeros([1, input.shape[1], hiddenSize], 3, (int)device.type, device.index));

    private Parameter Uniform(params long[] shape)
        => new(NativeMethods.standin_tensor_uniform(shape, shape.Length, 1 / Math.Sqrt(hiddenSize), (int)device.type, device.index));
}
