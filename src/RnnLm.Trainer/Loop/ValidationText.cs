namespace RnnLm.Training;

/// <summary>The text that epochs are compared by: one stream, or rows that each begin from the zero state.</summary>
internal sealed class ValidationText(TokenStream text, BatchMode mode)
{
    private readonly ReadOnlyMemory<int>[] streams = StreamsOf(text.Ids, mode);

    /// <summary>Which measure its cross-entropy is.</summary>
    public EvaluationContext Context => mode == BatchMode.Rows ? EvaluationContext.LinesApart : EvaluationContext.OneStream;

    /// <summary>The number of words.</summary>
    public int Words => text.Count;

    /// <summary>The mean loss of a word, in nats.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double CrossEntropy(ITrainingSession session, CancellationToken cancellationToken)
        => session.EvaluateApart(streams, cancellationToken) / text.Count;

    private static ReadOnlyMemory<int>[] StreamsOf(ReadOnlyMemory<int> ids, BatchMode mode)
    {
        if (mode != BatchMode.Rows) return [ids];
        var starts = Rows.StartsOf(ids.Span);
        return [.. starts.Zip(starts.Skip(1), (start, end) => ids[start..end])];
    }
}
