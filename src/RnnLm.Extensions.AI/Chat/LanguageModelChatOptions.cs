using Microsoft.Extensions.AI;

namespace RnnLm.Extensions.AI;

/// <summary>How a language model answers chat messages: what is the same for all requests.</summary>
public sealed class LanguageModelChatOptions
{
    /// <summary>
    /// Makes of the messages of a request the text that is continued. A language model has learned to continue texts and no more: it knows no roles, no turns and no
    /// instructions, unless it was trained on text that has them, in the form that this delegate writes.
    /// </summary>
    /// <value>Null, the default, takes the last user message alone, and refuses system messages.</value>
    public Func<IReadOnlyList<ChatMessage>, string>? Prompt { get; set; }

    /// <summary>What the model is called in answers and telemetry; a request for another is refused.</summary>
    /// <value>The default is <c>rnnlm</c>.</value>
    public string ModelId { get; set; } = "rnnlm";

    /// <summary>
    /// The greatest number of tokens of an answer where a request has no <see cref="ChatOptions.MaxOutputTokens"/>; at least 1. A token is a word of the model's vocabulary: a
    /// word, or of a model of subwords a piece.
    /// </summary>
    /// <value>The default is 50.</value>
    public int MaximumTokens { get; set; } = 50;

    /// <summary>Whether an answer ends with the line. Where it does not, line follows line until another end.</summary>
    /// <value>The default is true.</value>
    public bool StopAtEndOfLine { get; set; } = true;

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentException"><see cref="ModelId"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="MaximumTokens"/> is below 1.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(ModelId);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumTokens, 1);
    }

    internal LanguageModelChatOptions Clone() => (LanguageModelChatOptions)MemberwiseClone();
}
