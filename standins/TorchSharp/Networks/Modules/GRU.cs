using TorchSharp.Interop;

namespace TorchSharp.Modules;

public sealed class GRU : torch.nn.Module<torch.Tensor, torch.Tensor?, (torch.Tensor, torch.Tensor)>
{
    private readonly RecurrentParameters weights;

    internal GRU(long inputSize, long hiddenSize, torch.Device device)
        : base(nameof(GRU)) => weights = new RecurrentParameters(this, RecurrentParameters.CudnnMode.Gru, 3, inputSize, hiddenSize, device);

    public override (torch.Tensor, torch.Tensor) forward(torch.Tensor input, torch.Tensor? h0 = null)
    {
        h0 ??= weights.ZeroState(input);
        using var handles = weights.Handles();
        var output = Native.Tensor(NativeMethods.standin_gru(input.Handle, h0.Handle, handles.Pointers, training ? 1 : 0, out var last));
        return (output, Native.Tensor(last));
    }

    public new (torch.Tensor, torch.Tensor) call(torch.Tensor input, torch.Tensor? h0 = null) => base.call(input, h0);
}
