namespace RnnLm;

/// <summary>A point of a learning curve: what was known of a training run at a moment. What is not known is null.</summary>
public sealed record HistoryPoint
{
    /// <summary>The time since training began, validation included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The passes over the corpus until then: 1.5 is the middle of the second.</summary>
    public double? Epochs { get; init; }

    /// <summary>The words trained on until then, over all epochs.</summary>
    public long? Words { get; init; }

    /// <summary>The windows trained until then, over all epochs.</summary>
    public long? Step { get; init; }

    /// <summary>The perplexity in training: of the epoch where <see cref="IsEpoch"/>, otherwise of the words since the point before.</summary>
    public double? TrainingPerplexity { get; init; }

    /// <summary>The perplexity on the validation text.</summary>
    public double? ValidationPerplexity { get; init; }

    /// <summary>The learning rate.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Whether an epoch had its result then, or the run ended within it.</summary>
    public bool IsEpoch { get; init; }
}
