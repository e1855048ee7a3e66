using TorchSharp.Interop;

namespace TorchSharp.Modules;

public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter table;

    internal Embedding(long rows, long columns, torch.Device device)
        : base(nameof(Embedding))
    {
        table = new Parameter(NativeMethods.standin_tensor_normal([rows, columns], 2, (int)device.type, device.index));
        register_parameter("weight", table);
    }

    public override torch.Tensor forward(torch.Tensor input) => Native.Tensor(NativeMethods.standin_embedding(table.Handle, input.Handle));
}
