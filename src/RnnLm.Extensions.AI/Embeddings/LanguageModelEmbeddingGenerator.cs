using Microsoft.Extensions.AI;

namespace RnnLm.Extensions.AI;

/// <summary>
/// A language model as a generator of embeddings: of each text the hidden state of the last layer after reading it, as <see cref="LanguageModel.Embed(string)"/> gives it. Texts
/// are near one another where the model expects alike to follow. It may be used by any number of threads at once.
/// </summary>
public sealed class LanguageModelEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ProviderName = "rnnlm";
    private const string UsualModelId = "rnnlm";

    private readonly LanguageModel model;
    private readonly string modelId;
    private readonly EmbeddingGeneratorMetadata metadata;

    /// <summary>Makes a generator.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelId">What the model is called; null means <c>rnnlm</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is empty.</exception>
    public LanguageModelEmbeddingGenerator(LanguageModel model, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (modelId is not null) ArgumentException.ThrowIfNullOrEmpty(modelId);
        this.model = model;
        this.modelId = modelId ?? UsualModelId;
        metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, this.modelId, model.Shape.OutputSize);
    }

    /// <summary>Makes an embedding of each text, several at once on a machine with several processors.</summary>
    /// <param name="values">The texts; any may be empty.</param>
    /// <param name="options">What is asked for: the dimensions, which must be those of the model, and the model, which must be this one. Null means nothing.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The embeddings in the order of the texts, with the number of words of the vocabulary that were read.</returns>
    /// <exception cref="NotSupportedException">Something is asked for that cannot be honoured; the message names each.</exception>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options is not null) Refuse(options);
        string[] texts = [.. values];
        if (Array.IndexOf(texts, null) is >= 0 and var missing) throw new ArgumentException($"The text at index {missing} is null; an empty text is \"\".", nameof(values));
        return Task.Run(() => Generate(texts, cancellationToken), cancellationToken);
    }

    /// <summary>What the generator is asked for by others: itself, its metadata, the model.</summary>
    /// <param name="serviceType">The type of what is asked for.</param>
    /// <param name="serviceKey">Null; there is nothing under a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType == typeof(LanguageModel) ? model
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: the model belongs to whoever made the generator.</summary>
    public void Dispose()
    {
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(string[] texts, CancellationToken cancellationToken)
    {
        var created = DateTimeOffset.UtcNow;
        var embeddings = model.EmbedMany(texts, batch: new BatchOptions { CancellationToken = cancellationToken })
            .Select(values => new Embedding<float>(values) { CreatedAt = created, ModelId = modelId });
        var tokens = texts.Sum(text => (long)TokenCount.Of(model, text, cancellationToken));
        return new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens } };
    }

    private void Refuse(EmbeddingGenerationOptions options)
    {
        var refused = new RefusedOptions(nameof(EmbeddingGenerationOptions));
        var size = model.Shape.OutputSize;
        refused.AddModel(options.ModelId, modelId);
        refused.Add(options.Dimensions is { } asked && asked != size, nameof(options.Dimensions), FormattableString.Invariant($"they are {options.Dimensions}, and those of the model are {size}"));
        refused.Add(options.RawRepresentationFactory is not null, nameof(options.RawRepresentationFactory), "there is nothing to represent");
        refused.AddProperties(options.AdditionalProperties);
        refused.ThrowIfAny();
    }
}
