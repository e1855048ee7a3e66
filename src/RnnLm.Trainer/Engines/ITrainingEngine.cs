namespace RnnLm;

/// <summary>
/// What runs the mathematics of training: forward pass, back-propagation through time, and updates. Every engine computes the
/// same network from the same weights, so a model trained by any of them is served by the managed one.
/// </summary>
public interface ITrainingEngine
{
    /// <summary>The engine's name, as a log shows it: <c>managed, 2 threads</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The engine for a host that chooses the graphics processor of all that runs in it, as <c>MLContext.GpuDeviceId</c> does. One that knows of no
    /// devices, or whose device whoever made it has named, is itself.
    /// </summary>
    /// <param name="deviceId">Which graphics processor, from 0.</param>
    /// <param name="fallbackToCpu">Whether it is to be the CPU where there is no such processor.</param>
    ITrainingEngine OnGpu(int deviceId, bool fallbackToCpu) => this;

    /// <summary>
    /// Throws where the engine cannot train on this machine or with these options, as its start would. It is asked before a
    /// corpus is read, which may take long.
    /// </summary>
    /// <param name="options">The options, already validated.</param>
    /// <exception cref="NotSupportedException">The engine cannot honour an option; the message names every such option.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine; the message says what.</exception>
    void Check(TrainingOptions options)
    {
    }

    /// <summary>Begins training a network.</summary>
    /// <param name="initial">The weights to begin with; they are copied.</param>
    /// <param name="options">The options, already validated.</param>
    /// <param name="wordCounts">
    /// How often each word of the vocabulary occurs in the corpus; null where that is not known. An engine that has no use for it leaves it.
    /// </param>
    /// <exception cref="NotSupportedException">The engine cannot honour an option; the message names every such option.</exception>
    ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null);
}
