namespace RnnLm.Scoring;

/// <summary>Contexts in words.</summary>
internal static class EvaluationContexts
{
    /// <summary>The context as it is put after a figure: <c>perplexity 104.2 as one stream</c>.</summary>
    public static string Describe(this EvaluationContext context)
        => context == EvaluationContext.OneStream ? "as one stream" : "with each line apart";
}
