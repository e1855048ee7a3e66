namespace TorchSharp.Interop;

/// <summary>Holds several tensors alive while native code reads them from an array.</summary>
internal readonly ref struct TensorHandles
{
    private readonly TensorHandle[] handles;

    public TensorHandles(IEnumerable<torch.Tensor> tensors)
    {
        handles = [.. tensors.Select(tensor => tensor.Handle)];
        Pointers = new nint[handles.Length];
        for (var i = 0; i < handles.Length; i++)
        {
            var held = false;
            handles[i].DangerousAddRef(ref held);
            Pointers[i] = handles[i].DangerousGetHandle();
        }
    }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        foreach (var handle in handles) handle.DangerousRelease();
    }
}
