using Microsoft.Extensions.AI;

namespace RnnLm.Extensions.AI;

/// <summary>What a request asks of a language model: a text to continue, and how.</summary>
/// <param name="Prompt">The text.</param>
/// <param name="Generation">How it is continued; its limit of words is that of tokens, or narrower.</param>
/// <param name="MaximumTokens">The greatest number of tokens.</param>
/// <param name="StopSequences">Before what the answer ends.</param>
internal sealed record ChatRequest(string Prompt, GenerationOptions Generation, int MaximumTokens, IReadOnlyList<string> StopSequences)
{
    /// <summary>Reads a request.</summary>
    /// <exception cref="NotSupportedException">It asks for what a language model cannot do; the message names each.</exception>
    /// <exception cref="ArgumentException">There is no user message, or a value is out of range.</exception>
    public static ChatRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? asked, LanguageModelChatOptions usual, IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(messages);
        asked ??= new ChatOptions();
        Refuse(asked, usual.ModelId);
        if (asked.MaxOutputTokens is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(asked.MaxOutputTokens));
        string[] stops = [.. asked.StopSequences ?? []];
        if (stops.Any(string.IsNullOrEmpty)) throw new ArgumentException("A stop sequence is empty; every text begins with it.", nameof(asked));

        var own = asked.RawRepresentationFactory?.Invoke(client);
        // Options of the caller's own say themselves how many words there are.
        var maximum = asked.MaxOutputTokens ?? (own is null ? usual.MaximumTokens : int.MaxValue);
        var generation = own switch
        {
            null => new GenerationOptions { MaximumWords = maximum, StopAtEndOfLine = usual.StopAtEndOfLine },
            GenerationOptions options => Copy(options),
            var other => throw new NotSupportedException($"RawRepresentationFactory has made a {other.GetType().Name}; a language model takes {nameof(GenerationOptions)}."),
        };
        SetSampling(generation, asked);
        generation.Validate();
        return new ChatRequest((usual.Prompt ?? LastUserMessage)([.. messages]), generation, maximum, stops);
    }

    /// <summary>The same request with another token that ends its continuation; this one stays as it is.</summary>
    public ChatRequest With(CancellationToken cancellationToken)
    {
        var generation = Generation.Clone();
        generation.CancellationToken = cancellationToken;
        return this with { Generation = generation };
    }

    /// <summary>A copy, since a factory may give the same options each time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    private static GenerationOptions Copy(GenerationOptions options)
    {
        options.Validate();
        return options.Clone();
    }

    /// <summary>The text of the last user message.</summary>
    private static string LastUserMessage(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Any(message => message.Role == ChatRole.System))
        {
            throw new NotSupportedException(
                $"There is a system message, and a language model takes no instructions: it continues the last user message. Leave it out, or set {nameof(LanguageModelChatOptions)}.{nameof(LanguageModelChatOptions.Prompt)}.");
        }
        var last = messages.LastOrDefault(message => message.Role == ChatRole.User)
            ?? throw new ArgumentException("There is no user message, and so no text to continue.", nameof(messages));
        if (last.Contents.FirstOrDefault(content => content is not TextContent) is { } other)
            throw new NotSupportedException($"The last user message has {other.GetType().Name}; a language model reads text alone.");
        return last.Text;
    }

    private static void Refuse(ChatOptions asked, string modelId)
    {
        var refused = new RefusedOptions(nameof(ChatOptions));
        const string noTools = "a language model calls no tools";
        refused.AddModel(asked.ModelId, modelId);
        refused.Add(asked.Instructions is not null, nameof(asked.Instructions), "a language model takes no instructions; it continues a text");
        refused.Add(asked.ConversationId is not null, nameof(asked.ConversationId), "nothing is kept from one request to the next");
        refused.Add(asked.FrequencyPenalty is not (null or 0), nameof(asked.FrequencyPenalty), "words are drawn as the model has them");
        refused.Add(asked.PresencePenalty is not (null or 0), nameof(asked.PresencePenalty), "words are drawn as the model has them");
        refused.Add(asked.Reasoning is not null, nameof(asked.Reasoning), "a language model does not reason");
        refused.Add(asked.ResponseFormat is not (null or ChatResponseFormatText), nameof(asked.ResponseFormat), "the answer is text, of whatever form the model has learned");
        refused.Add(asked.Tools is { Count: > 0 }, nameof(asked.Tools), noTools);
        refused.Add(asked.ToolMode is not (null or NoneChatToolMode), nameof(asked.ToolMode), noTools);
        refused.Add(asked.AllowMultipleToolCalls is not null, nameof(asked.AllowMultipleToolCalls), noTools);
#pragma warning disable MEAI001 // They are there to be refused.
        refused.Add(asked.AllowBackgroundResponses == true, nameof(asked.AllowBackgroundResponses), "an answer comes while it is waited for");
        refused.Add(asked.ContinuationToken is not null, nameof(asked.ContinuationToken), "an answer comes while it is waited for");
#pragma warning restore MEAI001
        const string greedy = "with a temperature of 0 the most probable word is taken each time";
        refused.Add(asked.Temperature == 0 && asked.TopK is not (null or 1), nameof(asked.TopK), greedy);
        refused.Add(asked.Temperature == 0 && asked.TopP is not (null or 1), nameof(asked.TopP), greedy);
        refused.AddProperties(asked.AdditionalProperties);
        refused.ThrowIfAny();
    }

    /// <summary>Sets what is asked for; where nothing is, words are chosen as they were to be.</summary>
    private static void SetSampling(GenerationOptions generation, ChatOptions asked)
    {
        if (asked.Temperature == 0) generation.Sampling = null;
        if (asked.Temperature == 0 || asked is { Temperature: null, TopK: null, TopP: null, Seed: null }) return;
        var sampling = generation.Sampling ??= new SamplingOptions();
        if (asked.Temperature is { } temperature) sampling.Temperature = temperature;
        if (asked.TopK is { } topK) sampling.TopK = topK;
        if (asked.TopP is { } topP) sampling.TopP = topP;
        if (asked.Seed is { } seed) sampling.Seed = seed is >= int.MinValue and <= int.MaxValue ? (int)seed : seed.GetHashCode();
    }
}
