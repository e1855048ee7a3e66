using TorchSharp.Interop;

namespace TorchSharp.Modules;

public sealed class LSTM : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?, (torch.Tensor, torch.Tensor, torch.Tensor)>
{
    private readonly RecurrentParameters weights;

    internal LSTM(long inputSize, long hiddenSize, torch.Device device)
        : base(nameof(LSTM)) => weights = new RecurrentParameters(this, RecurrentParameters.CudnnMode.Lstm, 4, inputSize, hiddenSize, device);

    public override (torch.Tensor, torch.Tensor, torch.Tensor) forward(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null)
    {
        var (h0, c0) = h0_c0 ?? (weights.ZeroState(input), weights.ZeroState(input));
        using var handles = weights.Handles();
        var output = Native.Tensor(NativeMethods.standin_lstm(
            input.Handle, h0.Handle, c0.Handle, handles.Pointers, training ? 1 : 0, out var lastHidden, out var lastCell));
        return (output, Native.Tensor(lastHidden), Native.Tensor(lastCell));
    }

    public new (torch.Tensor, torch.Tensor, torch.Tensor) call(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}
