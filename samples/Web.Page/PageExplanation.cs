namespace WebPage;

/// <summary>Why a suggestion was made.</summary>
/// <param name="Suggestion">The suggestion.</param>
/// <param name="Probability">
/// Its probability after the words before it, before any of its letters was typed; null where the model does not know it, since it is the person's own.
/// </param>
/// <param name="Words">The last words of the line.</param>
public sealed record PageExplanation(string Suggestion, double? Probability, IReadOnlyList<PageInfluence> Words);
