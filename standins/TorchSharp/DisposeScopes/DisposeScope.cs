namespace TorchSharp;

public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private HashSet<torch.Tensor>? tensors = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    public void Dispose()
    {
        if (tensors is null) return;
        var owned = tensors;
        tensors = null;
        foreach (var tensor in owned)
        {
            tensor.OwningDisposeScope = null;
            manager.CountDisposed();
            tensor.Dispose();
        }
        manager.Remove(this);
    }

    internal void Add(torch.Tensor tensor) => Tensors.Add(tensor);

    internal void Detach(torch.Tensor tensor)
    {
        if (!Tensors.Remove(tensor)) return;
        tensor.OwningDisposeScope = null;
        manager.CountDetached();
    }

    internal void MarkAsDisposed(torch.Tensor tensor)
    {
        manager.CountDisposed();
        Tensors.Remove(tensor);
        tensor.OwningDisposeScope = null;
    }

    private HashSet<torch.Tensor> Tensors => tensors ?? throw new ObjectDisposedException(typeof(DisposeScope).FullName);
}
