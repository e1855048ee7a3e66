namespace TypingSessions;

/// <summary>What there is of a person.</summary>
/// <param name="Calls">The number of the last call that was answered; the next is one greater.</param>
/// <param name="Keystrokes">The characters typed and taken back.</param>
/// <param name="Accepted">The suggestions put into the text.</param>
/// <param name="LearnedWords">The different words that were learned of the person.</param>
/// <param name="Silo">Where the session is in memory.</param>
[GenerateSerializer, Immutable]
public sealed record TypingStatistics(
    [property: Id(0)] long Calls, [property: Id(1)] long Keystrokes, [property: Id(2)] long Accepted, [property: Id(3)] int LearnedWords, [property: Id(4)] string Silo);
