using RnnLm.Wording;

namespace RnnLm;

/// <summary>Training begins.</summary>
public sealed record TrainingStarted : TrainingEvent
{
    /// <summary>The network's sizes.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>The number of words of the corpus, end-of-line words included.</summary>
    public required long CorpusWords { get; init; }

    /// <summary>The number of words of the validation text; null where there is none.</summary>
    public long? ValidationWords { get; init; }

    /// <summary>The engine's name.</summary>
    public required string Engine { get; init; }

    /// <summary>The options, as <see cref="TrainingOptions.Describe"/> gives them.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>The number of learned values.</summary>
    public long ParameterCount => Shape.ParameterCount;

    private protected override string Line =>
        Invariant($"Training begins: {Shape}, {ParameterCount:N0} parameters; {CountText.Of(CorpusWords, "word")}") +
        (ValidationWords is { } words ? Invariant($", {words:N0} for validation") : "") +
        $"; {Options["optimizer"]}, learning rate {Options["learning_rate"]}; {Engine}.";
}
