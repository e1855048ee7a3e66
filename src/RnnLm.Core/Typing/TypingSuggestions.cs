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
}
