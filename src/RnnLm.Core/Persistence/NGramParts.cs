using RnnLm.NGrams;

namespace RnnLm.Persistence;

/// <summary>What an n-gram model consists of, and its file holds.</summary>
/// <param name="Tokenizer">What splits texts into words.</param>
/// <param name="Vocabulary">The words, in the order of their ids.</param>
/// <param name="Table">The n-grams.</param>
/// <param name="Training">How it was estimated.</param>
internal sealed record NGramParts(Tokenizer Tokenizer, Vocabulary Vocabulary, NGramTable Table, TrainingRecord Training);
