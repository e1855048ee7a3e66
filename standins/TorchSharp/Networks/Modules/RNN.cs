using TorchSharp.Interop;

namespace TorchSharp.Modules;

public sealed class RNN : torch.nn.Module<torch.Tensor, torch.Tensor?, (torch.Tensor, torch.Tensor)>
{
    private readonly bool relu;
    private readonly RecurrentParameters weights;

    internal RNN(long inputSize, long hiddenSize, torch.nn.NonLinearities nonLinearity, torch.Device device)
        : base(nameof(RNN))
    {
        relu = nonLinearity == torch.nn.NonLinearities.ReLU;
        var mode = relu ? RecurrentParameters.CudnnMode.Relu : RecurrentParameters.CudnnMode.Tanh;
        weights = new RecurrentParameters(this, mode, 1, inputSize, hiddenSize, device);
    }

    public override (torch.Tensor, torch.Tensor) forward(torch.Tensor input, torch.Tensor? h0)
    {
        h0 ??= weights.ZeroState(input);
        using var handles = weights.Handles();
        var output = Native.Tensor(NativeMethods.standin_rnn(input.Handle, h0.Handle, handles.Pointers, relu ? 1 : 0, training ? 1 : 0, out var last));
        return (output, Native.Tensor(last));
    }

    public new (torch.Tensor, torch.Tensor) call(torch.Tensor input, torch.Tensor? h0 = null) => base.call(input, h0);
}
