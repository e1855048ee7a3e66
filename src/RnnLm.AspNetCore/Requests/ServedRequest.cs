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
    // Others wait no longer for their turn, and pieces of a stream come no later.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(2);

    // What several texts begin with is read once where they are in one turn.
    private const int TokensInTurn = 512;

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

    /// <summary>Takes the elements of a sequence as they are worked out, some in a turn.</summary>
    public async IAsyncEnumerable<IReadOnlyList<T>> WorkInTurnsAsync<T>(IEnumerable<T> elements)
    {
        using var rest = elements.GetEnumerator();
        var goesOn = true;
        while (goesOn)
        {
            var taken = await WorkAsync(() => Take(rest, out goesOn)).ConfigureAwait(false);
            if (taken.Count > 0) yield return taken;
        }
    }

    /// <summary>Counts the tokens of texts, and refuses one that has too many.</summary>
    /// <returns>How many each has.</returns>
    /// <exception cref="RefusedRequestException">One has too many.</exception>
    public async Task<IReadOnlyList<int>> CountInputAsync(IReadOnlyList<string> texts, string parameter)
    {
        var counts = new List<int>();
        await foreach (var some in WorkInTurnsAsync(texts.Select(text => Count(text, parameter))).ConfigureAwait(false)) counts.AddRange(some);
        InputTokens += counts.Sum();
        return counts;
    }

    /// <summary>Works on texts, as many in a turn as have some tokens together.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="counts">How many tokens each has.</param>
    /// <param name="work">Works on some of them.</param>
    /// <returns>What comes of each, in their order.</returns>
    public async Task<IReadOnlyList<T>> WorkOnTextsAsync<T>(IReadOnlyList<string> texts, IReadOnlyList<int> counts, Func<IReadOnlyList<string>, BatchOptions, IReadOnlyList<T>> work)
    {
        var batch = new BatchOptions { Threads = 1, CancellationToken = CancellationToken };
        var results = new List<T>();
        while (results.Count < texts.Count)
        {
            var (begin, end, tokens) = (results.Count, results.Count, 0);
            do tokens += counts[end++] + 1;
            while (end < texts.Count && tokens + counts[end] < TokensInTurn);
            results.AddRange(await WorkAsync(() => work([.. texts.Take(end).Skip(begin)], batch)).ConfigureAwait(false));
        }
        return results;
    }

    private int Count(string text, string parameter)
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
        return count;
    }

    private static List<T> Take<T>(IEnumerator<T> rest, out bool goesOn)
    {
        var begin = Stopwatch.GetTimestamp();
        var taken = new List<T>();
        while ((goesOn = rest.MoveNext()) && Stopwatch.GetElapsedTime(begin) < Turn) taken.Add(rest.Current);
        if (goesOn) taken.Add(rest.Current);
        return taken;
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
