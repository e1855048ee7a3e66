namespace RnnLm.Suggestions;

/// <summary>A word of a text that somebody is typing.</summary>
/// <param name="Word">The word; the end-of-line word for a line feed.</param>
/// <param name="End">
/// Behind it, a place in the text before which nothing is read otherwise whatever is typed behind it; the greatest number where there is none yet.
/// </param>
internal readonly record struct TypedWord(string Word, int End)
{
    /// <summary>The white space before it where the model reads that too, as one of subwords does; null where it does not, and for a line feed.</summary>
    public string? Space { get; init; }
}
