using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>A request that was let in: what it may use, and what it has come to.</summary>
/// <param name="Context">The request.</param>
/// <param name="Operation">What is asked for, for metrics and logs.</param>
/// <param name="Served">What is served.</param>
/// <param name="Options">The limits.</param>
/// <param name="Turns">By what it works.</param>
/// <param name="Metrics">By what it is measured.</param>
/// <param name="CancellationToken">Ends it, where the client has left or its time is over.</param>
internal sealed record ServedRequest(
    HttpContext Context, string Operation, ServedLanguageModel Served, LanguageModelServerOptions Options, ProcessorTurns Turns, ServerMetrics Metrics, CancellationToken CancellationToken)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private bool hasToken;

    /// <summary>The model, the same from the beginning of the request to its end.</summary>
    public LanguageModel Model { get; } = Served.Model;

    /// <summary>How many tokens were read.</summary>
    public long InputTokens { get; private set; }

    /// <summary>How many tokens were written.</summary>
    public long OutputTokens { get; private set; }

    /// <summary>The time since it was let in.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    /// <summary>Reads its body.</summary>
    /// <exception cref="RefusedRequestException">It is no JSON object, or too long.</exception>
    public Task<JsonDocument> ReadBodyAsync() => RequestBody.ReadAsync(Context, Options.MaximumBodySize, CancellationToken);

    /// <summary>Works when it is its turn.</summary>
    public Task<T> WorkAsync<T>(Func<T> work) => Turns.RunAsync(work, CancellationToken);

    /// <summary>Refuses the name of another model than the one that is served.</summary>
    /// <exception cref="RefusedRequestException">It is.</exception>
    public void CheckModel(string? asked)
    {
        if (asked is null || asked == Served.Id) return;
        throw new RefusedRequestException(StatusCodes.Status404NotFound, $"There is no model '{asked}'; the model here is '{Served.Id}'.", "model", "model_not_found");
    }

    /// <summary>Counts the tokens of a text, and refuses one that has too many.</summary>
    /// <exception cref="RefusedRequestException">It has.</exception>
    public int CountInput(string text, string parameter)
    {
        var count = 0;
        Model.Tokenizer.Tokenize(Model.Tokenizer.LineOf(text), _ =>
        {
            CancellationToken.ThrowIfCancellationRequested();
            if (++count > Options.MaximumPromptTokens)
                throw new RefusedRequestException(
                    StatusCodes.Status400BadRequest, FormattableString.Invariant($"'{parameter}' has a text that is too long; it must have at most {Options.MaximumPromptTokens} tokens."),
                    parameter, "context_length_exceeded");
        });
        InputTokens += count;
        return count;
    }

    /// <summary>Counts a token that was written.</summary>
    public void CountOutput()
    {
        OutputTokens++;
        if (hasToken) return;
        hasToken = true;
        Metrics.CountFirstToken(Operation, Elapsed);
    }
}
