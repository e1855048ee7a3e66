using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RnnLm.AspNetCore;

/// <summary>The paths under which a language model answers.</summary>
public static class LanguageModelEndpoints
{
    /// <summary>The name of the meter (System.Diagnostics.Metrics) by which requests are measured, and of the logger that logs them.</summary>
    public const string MeterName = ServerMetrics.MeterName;

    /// <summary>
    /// Maps the paths of the model that <see cref="LanguageModelServices"/> has registered: <c>/v1/completions</c>, <c>/v1/chat/completions</c>, <c>/v1/embeddings</c> and
    /// <c>/v1/models</c> in OpenAI's form, <c>/suggest</c>, <c>/score</c> and <c>/health</c>.
    /// </summary>
    /// <param name="endpoints">Where they are mapped, such as an application or a group.</param>
    /// <returns>What adds conventions to all of them.</returns>
    /// <exception cref="InvalidOperationException">No language model is registered.</exception>
    /// <exception cref="ModelFormatException">The model's file is cut short, altered, of a newer version, or no model file.</exception>
    /// <exception cref="IOException">The model's file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The model's file may not be read.</exception>
    public static IEndpointConventionBuilder MapLanguageModel(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var served = ServedBy(endpoints);
        var gate = endpoints.ServiceProvider.GetRequiredService<RequestGate>();
        var group = endpoints.MapGroup("");
        Post("/v1/completions", "completions", CompletionEndpoint.HandleAsync);
        Post("/v1/chat/completions", "chat", ChatEndpoint.HandleAsync);
        Post("/v1/embeddings", "embeddings", EmbeddingEndpoint.HandleAsync);
        Map("/v1/models", "models", HttpMethods.Get, ModelEndpoint.ListAsync);
        Map("/v1/models/{id}", "models", HttpMethods.Get, ModelEndpoint.GetAsync);
        Map("/v1/{**path}", "other", method: null, NothingThere);
        Post("/suggest", "suggest", SuggestEndpoint.HandleAsync);
        Post("/score", "score", ScoreEndpoint.HandleAsync);
        group.Map("/health", context => ModelEndpoint.TellHealthAsync(context, served, gate.IsStopping));
        return group;

        void Post([StringSyntax("Route")] string path, string operation, Func<ServedRequest, Task> handle) => Map(path, operation, HttpMethods.Post, handle);
        void Map([StringSyntax("Route")] string path, string operation, string? method, Func<ServedRequest, Task> handle) => group.Map(path, gate.Guard(operation, method, handle));
    }

    /// <summary>
    /// Has the paths that nothing else answers answered with status 404 and OpenAI's error object, as those below <c>/v1</c> are by <see cref="MapLanguageModel"/> already: for an application that does nothing
    /// but serve a model. Others are to have a word of their own for what they lack.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <returns>What adds conventions to it.</returns>
    /// <exception cref="InvalidOperationException">No language model is registered.</exception>
    public static IEndpointConventionBuilder MapLanguageModelFallback(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        _ = ServedBy(endpoints);
        return endpoints.MapFallback("{**path}", endpoints.ServiceProvider.GetRequiredService<RequestGate>().Guard("other", method: null, NothingThere));
    }

    private static ServedLanguageModel ServedBy(IEndpointRouteBuilder endpoints)
        => endpoints.ServiceProvider.GetService<ServedLanguageModel>()
            ?? throw new InvalidOperationException("No language model is registered; call builder.Services.AddLanguageModel(\"model.rnnlm\") before.");

    private static Task NothingThere(ServedRequest request)
        => throw new RefusedRequestException(StatusCodes.Status404NotFound, $"There is nothing at {request.Context.Request.Path}.", code: "unknown_url");
}
