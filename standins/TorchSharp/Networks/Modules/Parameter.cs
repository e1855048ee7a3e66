using TorchSharp.Interop;

namespace TorchSharp.Modules;

public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.MoveHandle()) => this.requires_grad = requires_grad;

    internal Parameter(TensorHandle handle)
        : base(Native.Made(handle)) => requires_grad = true;
}
