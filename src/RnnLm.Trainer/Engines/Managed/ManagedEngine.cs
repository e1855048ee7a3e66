using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Trains in C# alone, without a native library, on the processor's vector units and on as many threads as the options say. It
/// honours every option.
/// </summary>
public sealed class ManagedEngine : ITrainingEngine
{
    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The words of a sampled softmax are to be drawn as often as they occur, and <paramref name="wordCounts"/> is missing, is not of as
    /// many words as there are, or has a count below zero; or the weights are of another kind of softmax.
    /// </exception>
    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(options);
        options.RequireParts();
        return (options.Softmax.ClustersOf(initial.Shape.VocabularySize) is null) == (initial.Shape.AdaptiveSoftmax is null)
            ? new ManagedSession(initial, options, wordCounts)
            : throw new ArgumentException(
                $"The options ask for the softmax {options.Softmax.Name}, and the weights have "
                + $"{(initial.Shape.AdaptiveSoftmax is null ? "no" : "an")} adaptive one.",
                nameof(options));
    }
}
