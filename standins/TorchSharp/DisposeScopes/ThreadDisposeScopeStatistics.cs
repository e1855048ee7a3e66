namespace TorchSharp;

public class ThreadDisposeScopeStatistics
{
    /// <summary>How many tensors of the thread's scopes are neither disposed nor detached.</summary>
    public long ThreadTotalLiveCount => Created - Disposed - Detached;

    internal long Created { get; set; }

    internal long Disposed { get; set; }

    internal long Detached { get; set; }
}
