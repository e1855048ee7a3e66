namespace RnnLm;

/// <summary>
/// What suggestions save a person who types a text, never errs, and takes the right suggestion as soon as it is there: the keystroke savings rate, <c>1 −
/// keystrokes with suggestions / keystrokes without</c>.
/// Taking a suggestion is one keystroke and gives the space behind the word.
/// </summary>
/// <remarks>
/// A suggestion is right where the text goes on with it up to the end of a word. It is taken where it saves more keystrokes than it costs. Where neither a
/// space nor what stands close to a word follows, such as the hyphen in
/// <c>well-known</c>, the space that came with it costs one more to take back. A line feed is no keystroke. Each line is typed by itself.
/// </remarks>
public sealed record TypingMetrics
{
    /// <summary>How many keystrokes the text takes without suggestions: its characters, line ends left out.</summary>
    public required long Keystrokes { get; init; }

    /// <summary>The number of words that begin where no letter has been typed: behind a space, or at the beginning of a line.</summary>
    public required long Words { get; init; }

    /// <summary>The share of the keystrokes that is saved where one suggestion is shown.</summary>
    public required double SavedAt1 { get; init; }

    /// <summary>The share of the keystrokes that is saved where three suggestions are shown.</summary>
    public required double SavedAt3 { get; init; }

    /// <summary>The share of the keystrokes that is saved where five suggestions are shown.</summary>
    public required double SavedAt5 { get; init; }

    /// <summary>
    /// The share that would be saved if the right word were always suggested before its first letter: the limit of Trnka and McCoy (2008) for suggestions of
    /// one word.
    /// </summary>
    public required double UpperBound { get; init; }

    /// <summary>The share of the <see cref="Words"/> that were the first suggestion before any letter was typed.</summary>
    public required double RecallAt1 { get; init; }

    /// <summary>The share of the <see cref="Words"/> that were among the first three suggestions before any letter was typed.</summary>
    public required double RecallAt3 { get; init; }

    /// <summary>The time from a keystroke to five suggestions that half of the keystrokes took at most, in milliseconds.</summary>
    public required double MillisecondsP50 { get; init; }

    /// <summary>The time from a keystroke to five suggestions that 95 % of the keystrokes took at most, in milliseconds.</summary>
    public required double MillisecondsP95 { get; init; }

    /// <summary>The figures on a line, in the invariant culture.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Keystrokes:N0} keystrokes, {SavedAt1:P1} saved by one suggestion, {SavedAt3:P1} by three, {SavedAt5:P1} by five (limit {UpperBound:P1}); next word {RecallAt1:P1} first, {RecallAt3:P1} within three; {MillisecondsP50:F2} ms (median), {MillisecondsP95:F2} ms (95 %)");
}
