namespace RnnLm.AspNetCore;

/// <summary>What a person may be about to type, as <c>rnnlm suggest --json</c> has it, and how much each replaces.</summary>
internal sealed record SuggestionsBody(string Text, IReadOnlyList<SuggestionsBody.One> Suggestions)
{
    /// <param name="Text">What to put in.</param>
    /// <param name="Probability">How probable it is.</param>
    /// <param name="ReplacedLength">How many UTF-16 code units at the end of the text it takes the place of.</param>
    internal sealed record One(string Text, double Probability, int ReplacedLength);
}
