using RnnLm;

namespace TypingSessions;

/// <summary>What is shown to a person who types.</summary>
/// <param name="Line">The line as typed so far.</param>
/// <param name="Suggestions">How it may go on, the most probable first.</param>
[GenerateSerializer, Immutable]
public sealed record TypingAnswer([property: Id(0)] string Line, [property: Id(1)] Suggestion[] Suggestions);
