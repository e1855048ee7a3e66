namespace RnnLm.Cli.Answers;

/// <summary>What is suggested to whoever types a text.</summary>
sealed record SuggestionsLine(string Text, IEnumerable<SuggestedText> Suggestions);

/// <summary>A suggestion.</summary>
sealed record SuggestedText(string Text, double Probability);
