using RnnLm.Suggestions;

namespace RnnLm.Typing;

/// <summary>What networks and n-gram models have in common when they suggest.</summary>
internal static class TypingSuggestions
{
    /// <summary>Options of a session that learns nothing and knows no person.</summary>
    public static TypingOptions Alone(SuggestionOptions? options)
    {
        options ??= new SuggestionOptions();
        options.Validate();
        return new TypingOptions { Suggestions = options, Learn = false };
    }

    /// <summary>Makes the index over a vocabulary.</summary>
    public static PrefixIndex IndexOf(WordPredictor predictor) => new(predictor.Vocabulary, id => SuggestedWords.IsWritten(predictor, id));
}
