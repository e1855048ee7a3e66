using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Has the runtime compile the kernels of prediction while the process's first model is still being read, so that its first prediction need
/// not wait for that.
/// </summary>
internal static class WarmUp
{
    private static int started;

    /// <summary>Starts it on another thread, the first time it is asked for; there must be another processor to run it.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount == 1 || Interlocked.Exchange(ref started, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(_ => Predict(), null);
    }

    /// <summary>Reads a word and finds the next with a network that has learned nothing. An LSTM has most of what the other cells have.</summary>
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
