using System.Diagnostics;
using RnnLm.Benchmarks.Soak;

namespace RnnLm.Benchmarks.Serve;

/// <summary>Many clients at once ask <c>rnnlm serve</c> for a long time. Errors, times and memory are told.</summary>
static class ServeRun
{
    // Where memory does not grow for good, it grows less than this from a tenth of the time to its end.
    private const double GreatestGrowth = 0.1;

    private static readonly TimeSpan ShortestJudged = TimeSpan.FromMinutes(5);

    /// <summary>Runs it, and says what came of it.</summary>
    /// <returns>1 where an answer was an error, or memory has grown; 0 otherwise.</returns>
    public static int Run(ServeOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-serve-");
        try
        {
            var path = options.Model ?? Path.Combine(folder.FullName, "model.rnnlm");
            if (options.Model is null)
                Subject.Create(new NetworkShape { Cell = CellKind.Lstm, VocabularySize = 10_000, EmbeddingSize = 200, HiddenSize = 200, Layers = 2, Tied = false }).Save(path);
            using var server = new ServerProcess(options.RnnLm, path);
            return RunAsync(options, server, LanguageModel.Load(path).Vocabulary).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(ServeOptions options, ServerProcess server, Vocabulary vocabulary)
    {
        Console.WriteLine($"{options.Clients} clients, {options.Duration:hh\\:mm\\:ss}, seed {options.Seed}, {Environment.ProcessorCount} processors shared with the server");
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = server.Address };
        var tallies = ServeActivity.All.ToDictionary(activity => activity, _ => new ServeTally());
        var start = Stopwatch.GetTimestamp();
        var clients = Enumerable.Range(0, options.Clients).Select(number => Task.Run(() => AskOnAsync(number))).ToArray();
        await Task.Delay(options.WarmUp);
        var early = server.Memory;
        await Task.WhenAll(clients);
        var late = server.Memory;

        foreach (var (activity, tally) in tallies) Console.WriteLine($"  {activity.Name,-22} {tally}");
        var (requests, errors) = (tallies.Values.Sum(tally => tally.Requests), tallies.Values.Sum(tally => tally.Errors));
        var growth = ((double)late / early) - 1;
        var isJudged = options.Duration >= ShortestJudged;
        Console.WriteLine($"Memory: {early / 1e6:N1} MB after {options.WarmUp:hh\\:mm\\:ss}, {late / 1e6:N1} MB after {options.Duration:hh\\:mm\\:ss}: {growth:+0.0 %;-0.0 %} ({(isJudged ? $"at most {GreatestGrowth:P0} more is right" : "too short a time to be judged")})");
        var isRight = errors == 0 && !(isJudged && growth > GreatestGrowth);
        Console.WriteLine($"{(isRight ? "Passed" : "Failed")}: {requests:N0} requests, {requests / options.Duration.TotalSeconds:N0} a second, {errors:N0} errors");
        return isRight ? 0 : 1;

        async Task AskOnAsync(int number)
        {
            var random = new Random(unchecked((options.Seed * 7919) + number));
            while (Stopwatch.GetElapsedTime(start) < options.Duration)
            {
                var activity = ServeActivity.All[random.Next(ServeActivity.All.Count)];
                var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => vocabulary[random.Next(2, vocabulary.Count)]));
                var begin = Stopwatch.GetTimestamp();
                string? fault;
                try
                {
                    fault = await activity.AskAsync(client, text);
                }
                catch (HttpRequestException exception)
                {
                    fault = exception.Message;
                }
                if (tallies[activity].Add(Stopwatch.GetElapsedTime(begin), fault)) Console.WriteLine($"  Not expected: {activity.Name}: {fault}");
            }
        }
    }
}
