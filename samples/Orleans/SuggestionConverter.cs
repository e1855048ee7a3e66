using RnnLm;

namespace TypingSessions;

/// <summary>Lets Orleans send suggestions, a type that knows nothing of it.</summary>
[RegisterConverter]
public sealed class SuggestionConverter : IConverter<Suggestion, SuggestionSurrogate>
{
    public Suggestion ConvertFromSurrogate(in SuggestionSurrogate surrogate) => new(surrogate.Text, surrogate.ReplacedLength, surrogate.Probability, surrogate.Edits);

    public SuggestionSurrogate ConvertToSurrogate(in Suggestion value)
        => new() { Text = value.Text, ReplacedLength = value.ReplacedLength, Probability = value.Probability, Edits = value.Edits };
}
