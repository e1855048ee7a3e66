using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Has the runtime compile the kernels of prediction while the process's first model is still being read, so that its first prediction need
/// not wait for that. Where it cannot, nothing is lost but that time: what is wrong is for whoever predicts to hear of.
/// </summary>
internal static class WarmUp
{
    private static int started;

    /// <summary>Starts it on another thread, the first time it is asked for; there must be another processor to run it.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount == 1 || Interlocked.Exchange(ref started, 1) != 0) return;
        Queue(Predict);
    }

    /// <summary>Has work done on another thread, where it may fail: it would end the process. So may its being queued.</summary>
    internal static void Queue(Action work)
    {
        try
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Try(work), null);
        }
        catch (Exception)
        {
            // There is no thread for it.
        }
    }

    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception)
        {
            // Such as an assembly that cannot be loaded while no file can be opened.
        }
    }

    /// <summary>Reads a word and finds the next with a network that has learned nothing. An LSTM has most of what the other cells have.</summary>
    // Not part of what guards it: what it needs is loaded when it is begun.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Predict()
    {
        var shape = new NetworkShape { Cell = CellKind.Lstm, VocabularySize = 64, EmbeddingSize = 32, HiddenSize = 32, Layers = 2 };
        var network = new Network(new NetworkWeights(shape));
        var state = network.CreateState();
        network.Step(0, state);
        var logProbabilities = new float[shape.VocabularySize];
        network.LogProbabilities(state, logProbabilities);
        VectorFunctions.TopK(logProbabilities, new int[2]);
    }
}
