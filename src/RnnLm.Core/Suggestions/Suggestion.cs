namespace RnnLm;

/// <summary>What a person may be about to type: accepted, the last <see cref="ReplacedLength"/> characters of the text give way to <see cref="Text"/>.</summary>
/// <param name="Text">What to put in: one word or several, written as he would write them, without a space behind them.</param>
/// <param name="ReplacedLength">
/// How many UTF-16 code units at the end of the text it takes the place of: the letters typed so far, or a space that does not belong before a comma.
/// </param>
/// <param name="Probability">Its probability given the words before and the letters typed, from 0 to 1; of several words that of all of them.</param>
/// <param name="Edits">How many letters were taken to be typed wrongly: 0 where the text goes on with the letters as they are.</param>
public sealed record Suggestion(string Text, int ReplacedLength, double Probability, int Edits = 0)
{
    /// <summary>The text with the suggestion in it.</summary>
    /// <param name="text">The text that the suggestion was made for.</param>
    /// <exception cref="ArgumentException">The text is shorter than what would be replaced, so it is another.</exception>
    public string ApplyTo(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < ReplacedLength)
            throw new ArgumentException($"The text has {text.Length} characters, and {ReplacedLength} of it would be replaced: the suggestion was made for another text.", nameof(text));
        return string.Concat(text.AsSpan(0, text.Length - ReplacedLength), Text);
    }

    /// <summary>The text and its probability, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Text} {Probability:P1}");
}
