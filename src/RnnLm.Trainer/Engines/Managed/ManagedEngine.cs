using RnnLm.Networks;

namespace RnnLm.Training;

/// <summary>
/// Trains in C# alone, without a native library, on the processor's vector units and on as many threads as the options say. It
/// honours every option.
/// </summary>
public sealed class ManagedEngine : ITrainingEngine
{
    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(options);
        return new ManagedSession(initial, options);
    }
}
