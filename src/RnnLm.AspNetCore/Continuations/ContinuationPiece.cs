namespace RnnLm.AspNetCore;

/// <summary>A piece of a continuation.</summary>
/// <param name="Text">The text; it may be empty.</param>
/// <param name="Tokens">The tokens that begin in it, where they are asked for.</param>
internal sealed record ContinuationPiece(string Text, IReadOnlyList<TokenProbability> Tokens);
