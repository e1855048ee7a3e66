namespace RnnLm.Persistence;

/// <summary>What a language model consists of, and a model file holds.</summary>
/// <param name="Tokenizer">What splits texts into words.</param>
/// <param name="Vocabulary">The words the network knows, in the order of its rows.</param>
/// <param name="Network">The network.</param>
/// <param name="Training">How it was trained.</param>
internal sealed record ModelParts(Tokenizer Tokenizer, Vocabulary Vocabulary, Network Network, TrainingRecord Training);
