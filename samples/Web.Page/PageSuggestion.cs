namespace WebPage;

/// <summary>What may come next: accepted, the last characters before the caret give way to it.</summary>
/// <param name="Text">One word or several.</param>
/// <param name="ReplacedLength">How many UTF-16 code units before the caret it takes the place of.</param>
/// <param name="Probability">Its probability, from 0 to 1.</param>
public sealed record PageSuggestion(string Text, int ReplacedLength, double Probability);
