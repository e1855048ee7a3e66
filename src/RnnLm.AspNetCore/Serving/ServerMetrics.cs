using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RnnLm.AspNetCore;

/// <summary>What is measured while a model is served, for whatever exports meters.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "RnnLm.AspNetCore";

    private readonly Meter meter;
    private readonly bool isOwn;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> timeToFirstToken;
    private readonly UpDownCounter<int> active;
    private readonly Counter<long> tokens;
    private readonly Counter<long> reloads;

    public ServerMetrics(ProcessorTurns turns, IMeterFactory? factory = null)
    {
        isOwn = factory is null;
        meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };
        duration = meter.CreateHistogram("rnnlm.server.request.duration", "s", "How long requests took.", tags: null, seconds);
        timeToFirstToken = meter.CreateHistogram("rnnlm.server.time_to_first_token", "s", "How long it took until the first token of a continuation was there.", tags: null, seconds);
        active = meter.CreateUpDownCounter<int>("rnnlm.server.active_requests", "{request}", "How many requests are worked on or wait.");
        tokens = meter.CreateCounter<long>("rnnlm.server.tokens", "{token}", "How many tokens were read (input) and written (output).");
        reloads = meter.CreateCounter<long>("rnnlm.server.reloads", "{reload}", "How often the model was loaded anew, or could not be.");
        meter.CreateObservableUpDownCounter("rnnlm.server.waiting", () => turns.Waiting, "{request}", "How many requests wait for a processor.");
    }

    public void Begin(string operation) => active.Add(1, Operation(operation));

    public void End(string operation, int status, TimeSpan time)
    {
        active.Add(-1, Operation(operation));
        duration.Record(time.TotalSeconds, new TagList { Operation(operation), new("http.response.status_code", status) });
    }

    public void CountFirstToken(string operation, TimeSpan time) => timeToFirstToken.Record(time.TotalSeconds, Operation(operation));

    public void CountTokens(string operation, long read, long written)
    {
        if (read > 0) tokens.Add(read, new TagList { Operation(operation), new("direction", "input") });
        if (written > 0) tokens.Add(written, new TagList { Operation(operation), new("direction", "output") });
    }

    public void CountReload(bool isLoaded) => reloads.Add(1, new KeyValuePair<string, object?>("result", isLoaded ? "loaded" : "failed"));

    public void Dispose()
    {
        // One of a factory is the factory's.
        if (isOwn) meter.Dispose();
    }

    private static KeyValuePair<string, object?> Operation(string operation) => new("operation", operation);
}
