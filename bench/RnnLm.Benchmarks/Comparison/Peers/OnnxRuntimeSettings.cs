using Microsoft.ML.OnnxRuntime;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>What ONNX Runtime is told beside its graph, which it optimises as far as it can.</summary>
/// <param name="Threads">The number of threads that share an operation.</param>
/// <param name="Spins">Whether threads that wait for work keep their processors.</param>
sealed record OnnxRuntimeSettings(int Threads, bool Spins)
{
    /// <summary>One thread, which waits for nobody.</summary>
    public static OnnxRuntimeSettings OneThread { get; } = new(1, Spins: false);

    /// <summary>Those that may be the fastest with at most so many threads.</summary>
    public static IEnumerable<OnnxRuntimeSettings> UpTo(int threads)
        => threads == 1 ? [OneThread] : [OneThread, new(threads, Spins: true), new(threads, Spins: false)];

    public InferenceSession Start(byte[] graph)
    {
        using var options = ToSessionOptions();
        return new InferenceSession(graph, options);
    }

    public InferenceSession Start(string path)
    {
        using var options = ToSessionOptions();
        return new InferenceSession(path, options);
    }

    public override string ToString() => Threads == 1 ? "1 thread" : $"{Threads} threads {(Spins ? "that spin" : "that sleep")}";

    private SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions { IntraOpNumThreads = Threads, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", Spins ? "1" : "0");
        return options;
    }
}
