namespace RnnLm;

/// <summary>The model that tuning has made, and what it was chosen by.</summary>
public sealed record TuningResult
{
    /// <summary>The model with what was found best; the model as its network alone, where nothing is of use.</summary>
    public required LanguageModel Model { get; init; }

    /// <summary>The number of words that the figures are of.</summary>
    public required long Words { get; init; }

    /// <summary>The best perplexity of each kind that was tried to its end.</summary>
    public required IReadOnlyDictionary<TuningKind, double> Perplexities { get; init; }

    /// <summary>The kind that the model is of.</summary>
    public required TuningKind Best { get; init; }

    /// <summary>Whether everything was tried; false where the time allowed was over, or it was cancelled.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
