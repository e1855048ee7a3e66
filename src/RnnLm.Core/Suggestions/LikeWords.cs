namespace RnnLm.Suggestions;

/// <summary>Words of a <see cref="PrefixIndex"/> that lie together and are as far from what was typed.</summary>
/// <param name="Begin">Where they begin.</param>
/// <param name="End">Where they end.</param>
/// <param name="Edits">The number of edits.</param>
internal readonly record struct LikeWords(int Begin, int End, int Edits);
