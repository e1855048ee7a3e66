using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>Answers to messages.</summary>
internal sealed record ChatBody(string Id, string Object, long Created, string Model, IReadOnlyList<ChatBody.Answer> Choices, UsageBody Usage)
{
    /// <param name="Index">Which it is.</param>
    /// <param name="Message">The answer.</param>
    /// <param name="Logprobs">Null: they are not told here.</param>
    /// <param name="FinishReason">Why it ended.</param>
    internal sealed record Answer(int Index, Message Message, string? Logprobs, string FinishReason);

    /// <param name="Role">Who speaks.</param>
    /// <param name="Content">What is said.</param>
    /// <param name="Refusal">Null: nothing is refused.</param>
    internal sealed record Message(string Role, string Content, string? Refusal);
}

/// <summary>A part of an answer to messages, in a stream.</summary>
internal sealed record ChatChunkBody(string Id, string Object, long Created, string Model, IReadOnlyList<ChatChunkBody.Part> Choices)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UsageBody? Usage { get; init; }

    /// <param name="Index">Which answer it is of.</param>
    /// <param name="Delta">What is added.</param>
    /// <param name="Logprobs">Null: they are not told here.</param>
    /// <param name="FinishReason">Why it ended; null while it goes on.</param>
    internal sealed record Part(int Index, Delta Delta, string? Logprobs, string? FinishReason);

    internal sealed record Delta
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Role { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Content { get; init; }
    }
}
