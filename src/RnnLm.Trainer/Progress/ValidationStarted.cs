namespace RnnLm;

/// <summary>An epoch has been trained, and the validation text is being read.</summary>
public sealed record ValidationStarted : TrainingEvent
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The greatest number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The number of words of the validation text.</summary>
    public required long Words { get; init; }

    private protected override string Line => Invariant($"Epoch {Epoch} of {Epochs}: validating on {Words:N0} words.");
}
