namespace RnnLm;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    EpochsCompleted,

    /// <summary>Validation perplexity had not improved for as many epochs as <see cref="TrainingOptions.Patience"/> allows.</summary>
    NoImprovement,

    /// <summary>The time allowed was over.</summary>
    TimeLimit,

    /// <summary>The caller cancelled it, when something had been learned.</summary>
    Cancelled,

    /// <summary>A loss, a gradient or a weight was not finite, or a perplexity absurd; see <see cref="TrainingDivergedException"/>.</summary>
    Diverged,

    /// <summary>The engine threw; see <see cref="TrainingFailedException"/>.</summary>
    Failed,
}
