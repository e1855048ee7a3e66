using System.Diagnostics;
using System.Text.Json;

namespace RnnLm.Benchmarks.Kill;

/// <summary>A training in a process of its own, whose events are listened to and which may be killed.</summary>
sealed class TrainingProcess : IDisposable
{
    private readonly Process process;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private readonly List<(TimeSpan Time, JsonElement Event)> events = [];
    private readonly List<string> messages = [];

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments: it tells its events as JSON, one a line.</param>
    public TrainingProcess(string program, IEnumerable<string> arguments)
    {
        process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += (_, received) => Hear(received.Data);
        process.ErrorDataReceived += (_, received) =>
        {
            lock (gate)
            {
                if (received.Data is not null) messages.Add(received.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>What was said on standard error.</summary>
    public string Messages
    {
        get
        {
            lock (gate) return string.Join(Environment.NewLine, messages);
        }
    }

    /// <summary>The events of a kind until now, and when each was heard of.</summary>
    public IReadOnlyList<(TimeSpan Time, JsonElement Event)> EventsOf(string kind)
    {
        lock (gate) return [.. events.Where(heard => heard.Event.TryGetProperty("event", out var name) && name.GetString() == kind)];
    }

    /// <summary>Ends it as the system does that runs out of memory or power: it is told nothing, and cleans up nothing.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Waits for the end, and for all that was said until then.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public void WaitForEnd()
    {
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            Kill();
            throw new TimeoutException($"\"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}\" has not ended after {Elapsed}.");
        }
        process.WaitForExit();
    }

    public void Dispose() => process.Dispose();

    private void Hear(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        try
        {
            using var document = JsonDocument.Parse(line);
            lock (gate) events.Add((Elapsed, document.RootElement.Clone()));
        }
        catch (JsonException)
        {
            // Cut short when it was killed.
        }
    }
}
