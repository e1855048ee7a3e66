namespace RnnLm.Training;

/// <summary>Parts of texts.</summary>
internal static class TokenStreamExtensions
{
    /// <summary>The first words of a text; all of it, where it has no more.</summary>
    public static TokenStream Beginning(this TokenStream text, int words)
    {
        if (text.Count <= words) return text;
        var ids = text.Ids[..words];
        return new TokenStream(ids.ToArray(), ids.Span.Count(Vocabulary.EndOfLineId), ids.Span.Count(Vocabulary.UnknownId), skippedLines: 0);
    }
}
