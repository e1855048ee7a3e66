namespace RnnLm.Suggestions;

/// <summary>A word that a person has typed and that the vocabulary lacks.</summary>
/// <param name="Word">The word.</param>
/// <param name="Folded">The word as <see cref="WordFolding"/> writes it.</param>
/// <param name="LogProbability">The logarithm of its probability.</param>
internal readonly record struct OwnWord(string Word, string Folded, double LogProbability);
