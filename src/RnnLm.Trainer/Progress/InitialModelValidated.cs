namespace RnnLm;

/// <summary>The model that training goes on from has been validated: it is the best until an epoch is better. Told before the first epoch.</summary>
public sealed record InitialModelValidated : TrainingEvent
{
    /// <summary>Its perplexity on the validation text, with its new words where the vocabulary was extended.</summary>
    public required double ValidationPerplexity { get; init; }

    /// <summary>Which measure <see cref="ValidationPerplexity"/> is.</summary>
    public required EvaluationContext ValidationContext { get; init; }

    /// <summary>How long validation took.</summary>
    public required TimeSpan ValidationTime { get; init; }

    private protected override string Line => $"The initial model: {EpochResult.DescribeValidation(ValidationPerplexity, ValidationContext)}.";
}
