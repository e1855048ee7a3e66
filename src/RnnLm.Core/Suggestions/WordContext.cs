namespace RnnLm.Suggestions;

/// <summary>The last words of a line, which a user model predicts from.</summary>
/// <param name="Last">The last; null at the beginning of a line.</param>
/// <param name="LastButOne">The one before it; null where there is none.</param>
internal readonly record struct WordContext(string? Last, string? LastButOne)
{
    /// <summary>The context after words of a text.</summary>
    public static WordContext After(IReadOnlyList<TypedWord> words, string endOfLine) => After(words, words.Count, endOfLine);

    /// <summary>The context after the first words of a text.</summary>
    public static WordContext After(IReadOnlyList<TypedWord> words, int count, string endOfLine)
    {
        var context = default(WordContext);
        for (var place = Math.Max(0, count - 2); place < count; place++) context = context.Then(words[place].Word, endOfLine);
        return context;
    }

    /// <summary>The context after one word more.</summary>
    public WordContext Then(string word, string endOfLine) => word == endOfLine ? default : new(word, Last);
}
