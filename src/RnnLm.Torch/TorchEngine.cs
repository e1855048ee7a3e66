namespace RnnLm.Torch;

/// <summary>
/// Trains with libtorch, by way of TorchSharp: on a CUDA device, or on the CPU for whoever prefers it. The application adds
/// the package that holds libtorch: <c>TorchSharp-cpu</c>, <c>TorchSharp-cuda-linux</c> or <c>TorchSharp-cuda-windows</c>.
/// What it learns is served without any of them.
/// </summary>
/// <remarks>
/// Nothing of TorchSharp is loaded before training begins. libtorch has one generator of random numbers and one number of
/// threads for a process: <see cref="TrainingOptions.Seed"/> repeats a run with dropout bit for bit on a CPU where no other
/// session trains at the same time.
/// </remarks>
public sealed class TorchEngine : ITrainingEngine
{
    private readonly TorchDevice device;

    /// <summary>Makes an engine for one device.</summary>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda</c>, or <c>cuda:1</c> for the second CUDA device.</param>
    /// <exception cref="ArgumentException">The device is named in another way.</exception>
    public TorchEngine(string device = "cpu") => this.device = TorchDevice.Parse(device);

    /// <summary>The device, as it was named: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    public string Device => device.ToString();

    /// <inheritdoc/>
    public string Name => $"TorchSharp, {device}";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// libtorch is not there, or not to be loaded on this system, or lacks the device; the message names what helps.
    /// </exception>
    public void Check(TrainingOptions options)
    {
        HonouredOptions.Require(options);
        TorchBackend.Require(device);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// libtorch is not there, or not to be loaded on this system, or lacks the device; the message names what helps.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network does not fit into the device's memory.</exception>
    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
    {
        if (initial.Shape.AdaptiveSoftmax is not null)
        {
            throw new NotSupportedException(
                $"The TorchSharp engine cannot train a network with an adaptive softmax ({initial.Shape.AdaptiveSoftmax}); train it with the managed engine.");
        }
        Check(options);
        return TorchSession.Start(initial, options, device);
    }
}
