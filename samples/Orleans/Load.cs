using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RnnLm;

namespace TypingSessions;

/// <summary>Many persons who type at once. What is told is their answers, errors and times, a time being from a keystroke to its answer, however often it was asked for.</summary>
static class Load
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it.</summary>
    /// <returns>Whether every person got every answer, and none another than an uninterrupted session's.</returns>
    public static async Task<bool> Run(Options options, string[] lines)
    {
        var model = options.Check is { } path ? LanguageModel.Load(path) : null;
        using var host = Cluster.Client(options);
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var persons = Enumerable.Range(0, options.Sessions).Select(number => new Person(grains.GetGrain<ITyping>($"person {number}"), Patience)).ToArray();
        await Task.WhenAll(persons.Select(person => person.Forget()));
        Console.WriteLine($"{options.Sessions} sessions begin.");

        var (times, faults) = (new ConcurrentQueue<float>(), new ConcurrentBag<string>());
        var typists = persons.Select(person => new Typist(person, model?.StartTyping(), times.Enqueue)).ToArray();
        var typed = 0L;
        var start = Stopwatch.GetTimestamp();
        using var typing = new CancellationTokenSource();
        var report = options.Every is { } every ? Report(every) : Task.CompletedTask;
        await Task.WhenAll(typists.Select((typist, number) => Task.Run(() => TypeLines(typist, number))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await typing.CancelAsync();
        await report;

        float[] sorted = [.. times.Order()];
        var wrong = typists.Sum(typist => typist.Wrong);
        Console.WriteLine(FormattableString.Invariant($"{options.Sessions} sessions, {sorted.Length} answers in {seconds:F1} s, {sorted.Length / seconds:F0} a second; {persons.Sum(person => person.Repeats)} calls were asked again"));
        Console.WriteLine($"{faults.Count} errors; {(model is null ? "answers were not compared" : $"{wrong} answers other than those of an uninterrupted session")}");
        foreach (var fault in faults.Distinct().Take(5)) Console.WriteLine($"  {fault}");
        if (sorted.Length > 0) Console.WriteLine(Times(sorted));
        await host.StopAsync();
        return faults.IsEmpty && wrong == 0;

        async Task TypeLines(Typist typist, int number)
        {
            try
            {
                for (var line = 0; line < options.Lines; line++)
                {
                    await typist.Type(lines[(int)((((long)number * options.Lines) + line) % lines.Length)], options.Pause);
                    if (Interlocked.Increment(ref typed) == (((long)options.Sessions * options.Lines) + 1) / 2) Console.WriteLine("Half of the lines are typed.");
                }
            }
            catch (Exception exception)
            {
                // Whatever it is, the session has been lost.
                faults.Add(exception.Message);
            }
        }

        async Task Report(TimeSpan every)
        {
            using var timer = new PeriodicTimer(every);
            var told = 0;
            try
            {
                while (await timer.WaitForNextTickAsync(typing.Token))
                {
                    float[] since = [.. times.Skip(told).Order()];
                    told += since.Length;
                    Console.WriteLine(FormattableString.Invariant($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: {since.Length} answers{(since.Length > 0 ? ", " + Times(since) : "")}"));
                }
            }
            catch (OperationCanceledException)
            {
                // All is typed.
            }
        }
    }

    private static string Times(float[] sorted)
    {
        return FormattableString.Invariant($"p50 {At(0.5):F2} ms, p95 {At(0.95):F2} ms, {sorted[^1]:F0} ms at most");

        float At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
