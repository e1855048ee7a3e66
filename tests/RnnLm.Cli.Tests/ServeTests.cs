using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RnnLm.Cli.Output;
using RnnLm.Cli.Serving;

namespace RnnLm.Cli.Tests;

/// <summary><c>rnnlm serve</c> as a process of its own, which asked for the runtime of .NET alone when it began.</summary>
public sealed class ServeTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const int Terminate = 15;
    private const string AnyPort = "http://127.0.0.1:0";

    [Fact]
    public void The_command_asks_for_no_ASP_NET_Core_to_begin()
        => Assert.DoesNotContain("AspNetCore", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rnnlm.runtimeconfig.json")));

    [LinuxFact]
    public async Task It_tells_where_it_listens_answers_and_ends_when_it_is_told_to()
    {
        using var running = RunningCommand.Start("serve", trained.Model, "--urls", AnyPort);
        using var client = new HttpClient { BaseAddress = new Uri(running.ReadLine()!) };
        Assert.NotEqual(0, client.BaseAddress.Port);
        var answer = await client.PostAsJsonAsync("/v1/completions", new { model = "model", prompt = "the cat", max_tokens = 2, temperature = 0 });
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(" sat on", body.RootElement.GetProperty("choices")[0].GetProperty("text").GetString());
        // A page that has a name lead here is not answered.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = "rebound.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request)).StatusCode);
        if (!running.Signal(Terminate)) return; // as after nohup
        var outcome = running.Wait();
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Output));
        string[] lines = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("Serving model: Lstm", lines[0]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z POST completions: 200 after [0-9.]+ ms, 2 tokens read, 2 written$", lines[1].TrimEnd());
        Assert.Equal(2, lines.Length);
    }

    [LinuxFact]
    public async Task What_has_begun_when_it_is_told_to_end_is_ended_first()
    {
        using var running = RunningCommand.Start("serve", trained.Model, "--urls", AnyPort, "--across-lines", "--tokens", "100000000", "--timeout", "3s");
        using var client = new HttpClient { BaseAddress = new Uri(running.ReadLine()!) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = JsonContent.Create(new { prompt = "the", max_tokens = 20_000, stream = true }) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!running.Signal(Terminate)) return; // as after nohup
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) || text.Contains("\"timeout\"", StringComparison.Ordinal), text[^200..]);
        Assert.Equal(ExitCode.Done, running.Wait().Code);
    }

    [LinuxFact]
    public async Task With_a_key_it_may_listen_beyond_this_machine_and_JSON_tells_where()
    {
        using var running = RunningCommand.Start("serve", trained.Model, "--urls", "http://0.0.0.0:0;http://127.0.0.1:0", "--api-key", "sk-secret", "--name", "cats", "--json");
        using var line = JsonDocument.Parse(running.ReadLine()!);
        Assert.Equal("cats", line.RootElement.GetProperty("model").GetString());
        var urls = line.RootElement.GetProperty("urls").EnumerateArray().Select(url => new Uri(url.GetString()!)).ToArray();
        Assert.Equal(2, urls.Length);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{urls[1].Port}") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/v1/models")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-secret");
        Assert.Contains("\"cats\"", await client.GetStringAsync("/v1/models"));
        using var nothing = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Contains("\"unknown_url\"", await nothing.Content.ReadAsStringAsync());
        if (!running.Signal(Terminate)) return; // as after nohup
        Assert.DoesNotContain("secret", running.Wait().Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Metrics_are_sent_to_a_collector()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var received = ReceiveAsync(collector);
        using var running = RunningCommand.Start("serve", trained.Model, "--urls", AnyPort, "--otlp", $"http://{collector.LocalEndpoint}/");
        using var client = new HttpClient { BaseAddress = new Uri(running.ReadLine()!) };
        (await client.PostAsJsonAsync("/score", new { text = "the cat" })).EnsureSuccessStatusCode();
        if (!running.Signal(Terminate)) return; // as after nohup
        Assert.Equal(ExitCode.Done, running.Wait().Code);
        var sent = await received.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith("POST /v1/metrics ", sent, StringComparison.Ordinal);
        foreach (var name in (string[])["rnnlm.server.tokens", "rnnlm.server.request.duration", "http.server.request.duration", "rnnlm"]) Assert.Contains(name, sent, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void An_address_that_is_taken_and_a_file_that_is_no_model_are_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var first = RunningCommand.Start("serve", trained.Model, "--urls", $"http://{taken.LocalEndpoint}");
        var outcome = first.Wait();
        Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
        Assert.Contains("address already in use", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        using var second = RunningCommand.Start("serve", trained.Text, "--urls", AnyPort);
        outcome = second.Wait();
        Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
        Assert.Contains("This is not a model file but text.", outcome.Error);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:8080")]
    [InlineData("--urls", "http://127.0.0.1:8080;http://[::]:8080")]
    [InlineData("--api-key", "secret", "--no-api-key")]
    public void Without_a_key_it_does_not_listen_beyond_this_machine_unless_it_is_told_so(params string[] flags)
    {
        var outcome = trained.Shell.Run(["serve", trained.Model, .. flags]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--no-api-key", outcome.Error);
    }

    [Fact]
    public void The_runtime_of_ASP_NET_Core_is_that_beside_the_runtime_of_NET()
    {
        var shared = Directory.CreateTempSubdirectory("rnnlm-shared-");
        try
        {
            var runtime = Path.Combine(shared.FullName, "Microsoft.NETCore.App", "10.0.3");
            Directory.CreateDirectory(runtime);
            var fault = Assert.Throws<InvalidOperationException>(() => AspNetCoreRuntime.FindFolder(runtime, new Version(10, 0, 3)));
            Assert.Contains("aspnetcore-runtime-10.0", fault.Message);
            foreach (var version in (string[])["9.0.9", "10.0.2", "10.0.11", "10.1.0", "11.0.0-preview.1"])
            {
                var folder = Directory.CreateDirectory(Path.Combine(shared.FullName, "Microsoft.AspNetCore.App", version)).FullName;
                File.WriteAllText(Path.Combine(folder, "Microsoft.AspNetCore.Server.Kestrel.Core.dll"), "");
            }
            Directory.CreateDirectory(Path.Combine(shared.FullName, "Microsoft.AspNetCore.App", "10.0.12")); // half uninstalled
            Assert.Equal("10.0.11", Path.GetFileName(AspNetCoreRuntime.FindFolder(runtime, new Version(10, 0, 3))));
        }
        finally
        {
            shared.Delete(recursive: true);
        }
    }

    /// <summary>Receives a request as a collector does, and answers that all is well.</summary>
    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var (stream, received, buffer) = (client.GetStream(), new StringBuilder(), new byte[1 << 16]);
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            var text = received.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = end < 0 ? null : text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (end < 0 || (length is not null && text.Length < end + 4 + int.Parse(length[15..]))) continue;
            if (length is null && !text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)) continue;
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return text;
        }
        return received.ToString();
    }
}
