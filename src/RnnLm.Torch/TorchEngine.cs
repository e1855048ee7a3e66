namespace RnnLm.Torch;

/// <summary>
/// Trains with libtorch, by way of TorchSharp: on a CUDA device, or on the CPU for whoever prefers it. The application adds
/// the package that holds libtorch, <c>TorchSharp-cpu</c>, <c>TorchSharp-cuda-linux</c> or <c>TorchSharp-cuda-windows</c>, or names a
/// folder that has it. What it learns is served without any of them.
/// </summary>
/// <remarks>
/// Nothing of TorchSharp is loaded before training begins. libtorch has one generator of random numbers and one number of
/// threads for a process: <see cref="TrainingOptions.Seed"/> repeats a run with dropout bit for bit on a CPU where no other
/// session trains at the same time. So does a run that goes on from a checkpoint (<see cref="TrainingOptions.Checkpoint"/>); on CUDA it goes on
/// from the same state, and no bits are promised.
/// </remarks>
public sealed class TorchEngine : ITrainingEngine
{
    private readonly TorchDevice device;
    private readonly bool isDeviceNamed;
    private readonly string? libtorch;

    /// <summary>Makes an engine for one device.</summary>
    /// <param name="device">
    /// The device: <c>cpu</c>, <c>cuda</c>, or <c>cuda:1</c> for the second CUDA device. Null means the CPU, or in a pipeline the device that
    /// <c>MLContext.GpuDeviceId</c> names.
    /// </param>
    /// <param name="libtorch">
    /// Where libtorch comes from in an application without a package that holds it: its folder, that of a NuGet package of it
    /// (<c>~/.nuget/packages/libtorch-cpu-linux-x64/2.10.0</c>), that of PyTorch (<c>site-packages/torch</c>), or the output folder of an
    /// application that has it. It must be of the version that TorchSharp was built with, and a process can load only one. Null means that
    /// the application has it.
    /// </param>
    /// <exception cref="ArgumentException">The device is named in another way.</exception>
    public TorchEngine(string? device = null, string? libtorch = null)
        : this(TorchDevice.Parse(device ?? "cpu"), device is not null, libtorch)
    {
    }

    private TorchEngine(TorchDevice device, bool isDeviceNamed, string? libtorch)
        => (this.device, this.isDeviceNamed, this.libtorch) = (device, isDeviceNamed, libtorch);

    /// <summary>The device, as it was named: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    public string Device => device.ToString();

    /// <inheritdoc/>
    public string Name => $"TorchSharp, {device}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviceId"/> is below 0.</exception>
    public ITrainingEngine OnGpu(int deviceId, bool fallbackToCpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviceId);
        if (isDeviceNamed) return this;
        var gpu = new TorchDevice(IsCuda: true, deviceId);
        return !fallbackToCpu || TorchBackend.Has(gpu, libtorch) ? new TorchEngine(gpu, isDeviceNamed: true, libtorch) : this;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// libtorch is not there, or not to be loaded on this system, or lacks the device; the message names what helps.
    /// </exception>
    public void Check(TrainingOptions options)
    {
        HonouredOptions.Require(options);
        TorchBackend.Require(device, libtorch);
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
