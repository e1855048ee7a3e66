namespace RnnLm.Training;

/// <summary>
/// The places that a <see cref="CounterGenerator"/> has for each purpose, so that no two draw the same numbers by one seed. Dropout has those from 0
/// on, row batches the places 0 and 1 by the epoch.
/// </summary>
internal static class Places
{
    /// <summary>The words that a sampled softmax draws.</summary>
    public const int Samples = -1;

    /// <summary>Where streams begin anew, by the epoch.</summary>
    public const int Resets = -2;

    /// <summary>The words whose embedding is dropped.</summary>
    public const int EmbeddingDropout = -101;

    /// <summary>The lengths of windows, by the epoch.</summary>
    public const int WindowLengths = -102;

    /// <summary>Where streams begin to read their pieces, by the epoch.</summary>
    public const int Rotation = -103;

    /// <summary>The recurrent weights that are dropped: of layer <c>l</c> this less <c>l</c>.</summary>
    public const int WeightDropout = -200;
}
