namespace RnnLm.Training;

/// <summary>The text that epochs are compared by: one stream, or rows that each begin from the zero state.</summary>
internal sealed class ValidationText(TokenStream text, BatchMode mode)
{
    private readonly int[] starts = mode == BatchMode.Rows ? Rows.StartsOf(text.Ids.Span) : [0, text.Count];

    /// <summary>Which measure its cross-entropy is.</summary>
    public EvaluationContext Context => mode == BatchMode.Rows ? EvaluationContext.LinesApart : EvaluationContext.OneStream;

    /// <summary>The number of words.</summary>
    public int Words => text.Count;

    /// <summary>The mean loss of a word, in nats.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double CrossEntropy(ITrainingSession session, CancellationToken cancellationToken)
    {
        var loss = 0.0;
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss += session.Evaluate(text.Ids[starts[row]..starts[row + 1]], cancellationToken);
        }
        return loss / text.Count;
    }
}
