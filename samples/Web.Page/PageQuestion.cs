namespace WebPage;

/// <summary>What the page asks.</summary>
/// <param name="Text">The text before the caret.</param>
/// <param name="Suggestion">The suggestion that it asks about.</param>
public sealed record PageQuestion(string Text, PageSuggestion? Suggestion = null);
