namespace RnnLm.Extensions.AI;

/// <summary>Counts tokens: the words of the vocabulary, known or not, that a text is read as.</summary>
internal static class TokenCount
{
    /// <summary>How many a text has.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static int Of(LanguageModel model, string text, CancellationToken cancellationToken)
    {
        var count = 0;
        model.Tokenizer.Tokenize(model.Tokenizer.LineOf(text), _ =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
        });
        return count;
    }
}
