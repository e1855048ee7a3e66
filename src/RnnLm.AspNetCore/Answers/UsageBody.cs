namespace RnnLm.AspNetCore;

/// <summary>How many tokens were read and written.</summary>
internal sealed record UsageBody(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    public static UsageBody Of(long read, long written) => new(read, written, read + written);
}

/// <summary>How many tokens were read where none are written.</summary>
internal sealed record EmbeddingUsageBody(long PromptTokens, long TotalTokens);
