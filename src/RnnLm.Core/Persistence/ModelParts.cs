namespace RnnLm.Persistence;

/// <summary>What a language model consists of, and a model file holds.</summary>
/// <param name="Tokenizer">What splits texts into words.</param>
/// <param name="Vocabulary">The words the network knows, in the order of its rows.</param>
/// <param name="Network">The network; of an ensemble that of its first member.</param>
/// <param name="Training">How it was trained.</param>
internal sealed record ModelParts(Tokenizer Tokenizer, Vocabulary Vocabulary, Network Network, TrainingRecord Training)
{
    /// <summary>The cache; null where there is none.</summary>
    public NeuralCache? Cache { get; init; }

    /// <summary>The n-gram model that was added; null where there is none.</summary>
    public NGramPart? NGram { get; init; }

    /// <summary>How it goes on learning from what it reads; null where it does not.</summary>
    public DynamicEvaluation? DynamicEvaluation { get; init; }

    /// <summary>The members of an ensemble; none of any other model.</summary>
    public IReadOnlyList<ModelMember> Members { get; init; } = [];
}
