namespace TorchSharp;

public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? current;

    private readonly ThreadDisposeScopeStatistics statistics = new();
    private DisposeScope? innermost;

    public static ThreadDisposeScopeStatistics Statistics => Current.statistics;

    /// <summary>The calling thread's.</summary>
    internal static DisposeScopeManager Current => current ??= new DisposeScopeManager();

    internal DisposeScope NewScope() => innermost = new DisposeScope(this, innermost);

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        if (innermost is null) return null;
        statistics.Created++;
        innermost.Add(tensor);
        return innermost;
    }

    internal void CountDisposed() => statistics.Disposed++;

    internal void CountDetached() => statistics.Detached++;

    internal void Remove(DisposeScope scope)
    {
        if (ReferenceEquals(innermost, scope))
        {
            innermost = scope.Outer;
            return;
        }
        for (var inner = innermost; inner is not null; inner = inner.Outer)
        {
            if (!ReferenceEquals(inner.Outer, scope)) continue;
            inner.Outer = scope.Outer;
            return;
        }
    }
}
