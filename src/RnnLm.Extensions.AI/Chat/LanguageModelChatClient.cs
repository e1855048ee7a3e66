using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RnnLm.Extensions.AI;

/// <summary>
/// A language model as a chat client. The model has had no training in conversation: an answer is the continuation of a text, by default of the last user message, so that the
/// message and the answer behind it are one text. It may be used by any number of threads at once.
/// </summary>
/// <remarks>
/// <para>Of <see cref="ChatOptions"/> it honours <c>Temperature</c> (0 takes the most probable word each time, as where nothing is asked for), <c>TopK</c>, <c>TopP</c>, <c>Seed</c>,
/// <c>StopSequences</c> (which are not part of the answer), <c>MaxOutputTokens</c>, and <c>RawRepresentationFactory</c> where it makes <see cref="GenerationOptions"/>, over which the
/// others go; they are copied, and say themselves how many words there are and whether they end with the line. Whatever else is asked for is refused by name, with <see cref="NotSupportedException"/>.</para>
/// <para>A token is a word of the model's vocabulary: a word, or of a model of subwords a piece.</para>
/// </remarks>
public sealed class LanguageModelChatClient : IChatClient
{
    private const string ProviderName = "rnnlm";

    private readonly LanguageModel model;
    private readonly LanguageModelChatOptions options;
    private readonly ChatClientMetadata metadata;

    /// <summary>Makes a client.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is the same for all requests; null means the defaults. They are copied: later changes have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LanguageModelChatClient(LanguageModel model, LanguageModelChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        this.options = options?.Clone() ?? new LanguageModelChatOptions();
        this.options.Validate();
        metadata = new ChatClientMetadata(ProviderName, providerUri: null, this.options.ModelId);
    }

    /// <summary>Continues the text of messages, and gives the whole answer.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="options">What is asked for; null means nothing beyond the defaults.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="NotSupportedException">Something is asked for that cannot be honoured; the message names each.</exception>
    /// <exception cref="ArgumentException">There is no user message, or a value is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Read(messages, options);
        return Task.Run(Respond, cancellationToken);

        ChatResponse Respond()
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(request.Generation.CancellationToken, cancellationToken);
            var continuation = new ChatContinuation(model, request.With(source.Token));
            var id = NewId();
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Concat(continuation.Run())) { MessageId = id })
            {
                ResponseId = id,
                ModelId = this.options.ModelId,
                CreatedAt = DateTimeOffset.UtcNow,
                FinishReason = continuation.FinishReason,
                Usage = continuation.Usage,
            };
        }
    }

    /// <summary>Continues the text of messages, and gives the answer piece by piece as it comes into being; with the last piece why it ended, and how many tokens there were.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="options">What is asked for; null means nothing beyond the defaults.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <inheritdoc cref="GetResponseAsync" path="/*[not(self::param)]"/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        // What is wrong with a request is told when it is made, not when its answer is looked at.
        => Stream(Read(messages, options), cancellationToken);

    /// <summary>What the client is asked for by others: itself, its metadata, the model.</summary>
    /// <param name="serviceType">The type of what is asked for.</param>
    /// <param name="serviceKey">Null; there is nothing under a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType == typeof(LanguageModel) ? model
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: the model belongs to whoever made the client.</summary>
    public void Dispose()
    {
    }

    private ChatRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? asked)
    {
        var request = ChatRequest.Read(messages, asked, options, this);
        LanguageModel.CheckGeneration(request.Generation, model.Tokenizer, model.Vocabulary);
        return request;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Stream(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(request.Generation.CancellationToken, cancellationToken);
        var continuation = new ChatContinuation(model, request.With(source.Token));
        var id = NewId();
        using var pieces = continuation.Run().GetEnumerator();
        // Each word takes a moment of work, which is not to be done on the thread of whoever waits.
        while (await Task.Run(pieces.MoveNext, source.Token).ConfigureAwait(false)) yield return Update([new TextContent(pieces.Current)]);
        var last = Update([new UsageContent(continuation.Usage)]);
        last.FinishReason = continuation.FinishReason;
        yield return last;

        ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents)
        {
            ResponseId = id,
            MessageId = id,
            ModelId = options.ModelId,
            CreatedAt = DateTimeOffset.UtcNow,
        };
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
