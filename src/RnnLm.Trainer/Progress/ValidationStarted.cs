using RnnLm.Wording;

namespace RnnLm;

/// <summary>An epoch has been trained, or a first one is to go on from a model, and the validation text is being read.</summary>
public sealed record ValidationStarted : TrainingEvent
{
    /// <summary>The epoch, from 1; 0 where it is the model that training goes on from.</summary>
    public required int Epoch { get; init; }

    /// <summary>The greatest number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The number of words of the validation text.</summary>
    public required long Words { get; init; }

    private protected override string Line =>
        (Epoch == 0 ? "The initial model" : Invariant($"Epoch {Epoch} of {Epochs}")) + $": validating on {CountText.Of(Words, "word")}.";
}
