using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>Continuations of texts, or in a stream a part of one.</summary>
internal sealed record CompletionBody(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionBody.Continued> Choices)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UsageBody? Usage { get; init; }

    /// <summary>A continuation.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Index">Which it is, counted through the choices of one prompt after the other.</param>
    /// <param name="Logprobs">The log-probabilities of its tokens; null where they are not asked for.</param>
    /// <param name="FinishReason">Why it ended; null while it goes on.</param>
    internal sealed record Continued(string Text, int Index, LogProbabilities? Logprobs, string? FinishReason);

    /// <summary>The log-probabilities of tokens.</summary>
    /// <param name="Tokens">The tokens, as the vocabulary has them.</param>
    /// <param name="TokenLogprobs">The natural logarithms of their probabilities.</param>
    /// <param name="TopLogprobs">In the place of each the most probable tokens; null where none are asked for.</param>
    /// <param name="TextOffset">Where each begins, in characters (Unicode code points) from the beginning of the prompt.</param>
    internal sealed record LogProbabilities(
        IReadOnlyList<string> Tokens, IReadOnlyList<double> TokenLogprobs, IReadOnlyList<IReadOnlyDictionary<string, double>>? TopLogprobs, IReadOnlyList<int> TextOffset);
}
