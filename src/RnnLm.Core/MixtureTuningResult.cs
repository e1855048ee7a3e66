namespace RnnLm;

/// <summary>The settings that <c>LanguageModel.TuneMixture</c> has found best on a validation text.</summary>
public sealed record MixtureTuningResult
{
    /// <summary>The cache; null where none was tried, or where none is of use.</summary>
    public required NeuralCache? Cache { get; init; }

    /// <summary>The interpolation; null where none was tried, or where none is of use.</summary>
    public required NGramInterpolation? NGram { get; init; }

    /// <summary>The number of words of the validation text.</summary>
    public required long Words { get; init; }

    /// <summary>The perplexity of the model without cache and n-gram model, as one stream.</summary>
    public required double PerplexityBefore { get; init; }

    /// <summary>The perplexity with the settings found, as one stream.</summary>
    public required double Perplexity { get; init; }
}
