namespace WebPage;

/// <summary>What may come next.</summary>
/// <param name="Text">The text before the caret.</param>
/// <param name="Suggestions">The most probable first; at most as many as the page has buttons.</param>
public sealed record PageSuggestions(string Text, IReadOnlyList<PageSuggestion> Suggestions);
