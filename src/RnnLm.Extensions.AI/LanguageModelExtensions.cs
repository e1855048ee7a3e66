using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RnnLm.Extensions.AI;

/// <summary>Language models as services of Microsoft.Extensions.AI.</summary>
public static class LanguageModelExtensions
{
    /// <summary>A chat client of a language model, which continues texts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is the same for all requests; null means the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IChatClient AsChatClient(this LanguageModel model, LanguageModelChatOptions? options = null) => new LanguageModelChatClient(model, options);

    /// <summary>A generator of embeddings of a language model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelId">What the model is called; null means <c>rnnlm</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is empty.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator(this LanguageModel model, string? modelId = null)
        => new LanguageModelEmbeddingGenerator(model, modelId);

    /// <summary>Registers a language model as the chat client of an application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">What is the same for all requests; null means the defaults.</param>
    /// <returns>The builder by which logging, caching and telemetry are put around it.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ChatClientBuilder AddChatClient(this IServiceCollection services, LanguageModel model, LanguageModelChatOptions? options = null)
        => services.AddChatClient(model.AsChatClient(options));

    /// <summary>Registers a language model as the generator of embeddings of an application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <param name="modelId">What the model is called; null means <c>rnnlm</c>.</param>
    /// <returns>The builder by which logging, caching and telemetry are put around it.</returns>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is empty.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddEmbeddingGenerator(this IServiceCollection services, LanguageModel model, string? modelId = null)
        => services.AddEmbeddingGenerator(model.AsEmbeddingGenerator(modelId));
}
