using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

public sealed class LimitTests
{
    private const string Path = "/v1/completions";
    private const int Endless = 100_000_000;

    private static readonly LanguageModel Model = RandomModels.Model();
    private static readonly object EndlessStream = new { prompt = "w3", max_tokens = Endless, stream = true };

    [Fact]
    public async Task A_request_that_takes_too_long_ends()
    {
        await using var server = await StartAsync(options => options.RequestTimeout = TimeSpan.FromMilliseconds(200));
        Assert.Equal("timeout", (await RunningServer.ErrorOf(await server.PostAsync(Path, new { prompt = "w3", max_tokens = Endless }), 408)).GetProperty("code").GetString());
        // A stream has begun by then; it ends with what went wrong, and not as one that is whole.
        using var response = await server.PostAsync(Path, EndlessStream);
        var last = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("data: {\"error\":{", last);
        Assert.Contains("\"timeout\"", last);
    }

    [Fact]
    public async Task One_request_more_than_may_be_is_told_to_come_again()
    {
        await using var server = await StartAsync(options => options.MaximumRequests = 2);
        using var first = await BeginAsync(server);
        using var second = await BeginAsync(server);
        using var response = await server.PostAsync(Path, new { prompt = "w3" });
        Assert.Equal("rate_limit_exceeded", (await RunningServer.ErrorOf(response, 429)).GetProperty("code").GetString());
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_leaves_makes_room_and_takes_no_time_of_others()
    {
        await using var server = await StartAsync(options => (options.MaximumRequests, options.Processors) = (1, 1));
        for (var round = 0; round < 5; round++)
        {
            var abandoned = await BeginAsync(server);
            abandoned.Dispose();
            var start = Stopwatch.GetTimestamp();
            HttpStatusCode status;
            while ((status = (await server.PostAsync(Path, new { prompt = "w3" })).StatusCode) == HttpStatusCode.TooManyRequests && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
                await Task.Delay(5);
            Assert.Equal(HttpStatusCode.OK, status);
        }
        Assert.Equal(5, server.Logs.All.Count(line => line.Contains(" 499 ", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_text_and_a_reader_that_does_not_read_keep_nobody_waiting()
    {
        await using var server = await StartAsync(options => options.Processors = 1);
        using var unread = await BeginAsync(server);
        using var long1 = await BeginAsync(server);
        var reading = long1.Content.ReadAsStreamAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++) await server.AskAsync(Path, new { prompt = "w3", max_tokens = 10 });
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        (await reading).Dispose();
    }

    [Fact]
    public async Task Sixty_four_clients_at_once_are_all_answered_and_rightly()
    {
        await using var server = await RunningServer.StartAsync(Model);
        var prompts = Enumerable.Range(0, 8).Select(number => $"w{number + 3}").ToArray();
        var expected = prompts.ToDictionary(prompt => prompt, prompt => string.Concat(Model.GenerateText(prompt, new GenerationOptions { MaximumWords = 20, Sampling = new SamplingOptions { Seed = 1 } })));
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(3);
        var counts = await Task.WhenAll(Enumerable.Range(0, 64).Select(client => Task.Run(async () =>
        {
            var count = 0;
            for (; DateTime.UtcNow < end; count++)
            {
                var prompt = prompts[(client + count) % prompts.Length];
                switch (count % 4)
                {
                    case 0:
                        Assert.Equal(expected[prompt], CompletionTests.Texts(await server.AskAsync(Path, new { prompt, max_tokens = 20, seed = 1 })).Single());
                        break;
                    case 1:
                        var events = await server.StreamAsync(Path, new { prompt, max_tokens = 20, seed = 1, stream = true });
                        Assert.Equal(expected[prompt], string.Concat(events.Select(one => one.GetProperty("choices")[0].GetProperty("text").GetString())));
                        break;
                    case 2:
                        Assert.Equal(Model.Score(prompt).LogProbability, (await server.AskAsync("/score", new { text = prompt })).GetProperty("logProbability").GetDouble(), 9);
                        break;
                    default:
                        Assert.Equal(prompt, (await server.AskAsync("/suggest", new { text = prompt })).GetProperty("text").GetString());
                        break;
                }
            }
            return count;
        })));
        Assert.All(counts, count => Assert.True(count > 0));
        Assert.DoesNotContain(server.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static Task<RunningServer> StartAsync(Action<LanguageModelServerOptions> configure) => RunningServer.StartAsync(Model, options =>
    {
        (options.MaximumTokens, options.StopAtEndOfLine) = (Endless, false);
        configure(options);
    });

    /// <summary>Begins a stream that does not end by itself, and waits for its first piece.</summary>
    private static async Task<HttpResponseMessage> BeginAsync(RunningServer server)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(EndlessStream) };
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}
