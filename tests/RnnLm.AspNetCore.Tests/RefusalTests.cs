using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

public sealed class RefusalTests : IAsyncLifetime
{
    private const string Completions = "/v1/completions";
    private const string Chat = "/v1/chat/completions";

    private static readonly LanguageModel Model = RandomModels.Model();

    private RunningServer server = null!;

    public async Task InitializeAsync() => server = await RunningServer.StartAsync(Model, options =>
    {
        options.MaximumBodySize = 4096;
        options.MaximumPromptTokens = 20;
        options.MaximumTokens = 100;
        options.MaximumTexts = 8;
    });

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(Completions, "suffix", "\"end\"")]
    [InlineData(Completions, "best_of", "2")]
    [InlineData(Completions, "logit_bias", "{\"5\":-100}")]
    [InlineData(Completions, "presence_penalty", "0.5")]
    [InlineData(Completions, "frequency_penalty", "-1")]
    [InlineData(Completions, "top_k", "5")]
    [InlineData(Completions, "max_tokens", "101")]
    [InlineData(Completions, "max_tokens", "-1")]
    [InlineData(Completions, "max_tokens", "1.5")]
    [InlineData(Completions, "max_tokens", "\"5\"")]
    [InlineData(Completions, "max_tokens", "99999999999999999999")]
    [InlineData(Completions, "temperature", "2.1")]
    [InlineData(Completions, "temperature", "-0.1")]
    [InlineData(Completions, "temperature", "1e999")]
    [InlineData(Completions, "top_p", "0")]
    [InlineData(Completions, "top_p", "1.1")]
    [InlineData(Completions, "n", "0")]
    [InlineData(Completions, "n", "9")]
    [InlineData(Completions, "seed", "0.5")]
    [InlineData(Completions, "seed", "99999999999999999999")]
    [InlineData(Completions, "stream", "1")]
    [InlineData(Completions, "echo", "\"yes\"")]
    [InlineData(Completions, "logprobs", "21")]
    [InlineData(Completions, "logprobs", "true")]
    [InlineData(Completions, "stop", "[]")]
    [InlineData(Completions, "stop", "\"\"")]
    [InlineData(Completions, "stop", "[1]")]
    [InlineData(Completions, "prompt", "[]")]
    [InlineData(Completions, "prompt", "[1,2]")]
    [InlineData(Completions, "prompt", "{}")]
    [InlineData(Completions, "prompt", "[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]")]
    [InlineData(Completions, "stream_options", "{\"include_usage\":true}")]
    [InlineData(Completions, "modle", "\"rnnlm\"")]
    [InlineData(Chat, "messages", "[]")]
    [InlineData(Chat, "messages", "\"w3\"")]
    [InlineData(Chat, "messages", "[3]")]
    [InlineData(Chat, "messages", "[{\"role\":\"system\",\"content\":\"Be kind.\"}]")]
    [InlineData(Chat, "messages", "[{\"role\":\"user\"}]")]
    [InlineData(Chat, "messages", "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]")]
    [InlineData(Chat, "messages", "[{\"role\":\"assistant\",\"content\":\"w3\"}]")]
    [InlineData(Chat, "tools", "[{}]")]
    [InlineData(Chat, "tool_choice", "\"auto\"")]
    [InlineData(Chat, "response_format", "{\"type\":\"json_object\"}")]
    [InlineData(Chat, "logprobs", "true")]
    [InlineData(Chat, "reasoning_effort", "\"low\"")]
    [InlineData("/v1/embeddings", "input", "[]")]
    [InlineData("/v1/embeddings", "input", "[[1]]")]
    [InlineData("/v1/embeddings", "dimensions", "3")]
    [InlineData("/v1/embeddings", "encoding_format", "\"int8\"")]
    [InlineData("/suggest", "text", "3")]
    [InlineData("/suggest", "k", "64")]
    [InlineData("/suggest", "confidence", "1.5")]
    [InlineData("/score", "ranks", "true")]
    [InlineData("/score", "unknown", "\"ignored\"")]
    [InlineData("/score", "unknownLogProbability", "-5")]
    [InlineData("/score", "texts", "[\"w3\"]")]
    public async Task What_cannot_be_honoured_is_refused_by_name(string path, string parameter, string value)
    {
        var usual = path switch
        {
            Chat => ("messages", "[{\"role\":\"user\",\"content\":\"w3\"}]"),
            Completions => ("prompt", "\"w3\""),
            "/v1/embeddings" => ("input", "\"w3\""),
            _ => ("text", "\"w3\""),
        };
        var body = parameter == usual.Item1 ? $"{{\"{parameter}\":{value}}}" : $"{{\"{usual.Item1}\":{usual.Item2},\"{parameter}\":{value}}}";
        using var response = await server.PostTextAsync(path, body);
        var error = await RunningServer.ErrorOf(response, 400);
        var isAboutText = (path, parameter) is ("/score", "texts");
        Assert.Equal(isAboutText ? "text" : parameter, error.GetProperty("param").GetString());
        Assert.Contains($"'{parameter}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"prompt\":\"w3\",\"n\":2,\"temperature\":0}", "n")]
    [InlineData("{\"prompt\":\"w3\",\"top_p\":0.5,\"temperature\":0}", "top_p")]
    [InlineData("{\"prompt\":[\"w3\",\"w4\",\"w5\"],\"n\":3}", "n")]
    public async Task What_has_no_effect_or_comes_to_too_much_together_is_refused(string body, string parameter)
        => Assert.Equal(parameter, (await RunningServer.ErrorOf(await server.PostTextAsync(Completions, body), 400)).GetProperty("param").GetString());

    [Theory]
    [InlineData("{\"prompt\":\"w3\",\"presence_penalty\":0,\"frequency_penalty\":0.0,\"logit_bias\":{},\"best_of\":1,\"suffix\":null,\"user\":\"me\",\"stop\":null,\"logprobs\":null,\"n\":1,\"top_p\":1}")]
    [InlineData("{}")]
    public async Task What_asks_for_nothing_is_no_fault(string body)
    {
        using var response = await server.PostTextAsync(Completions, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public static TheoryData<string, string> HostileBodies => new()
    {
        { "nothing", "" },
        { "no JSON", "prompt=w3" },
        { "cut short", "{\"prompt\":\"w3\"" },
        { "no object", "[\"w3\"]" },
        { "a number", "3" },
        { "two objects", "{}{}" },
        { "a comment", "{/* */}" },
        { "the same field twice", "{\"prompt\":\"w3\",\"prompt\":\"w4\"}" },
        { "deep", string.Concat(Enumerable.Repeat("{\"prompt\":", 200)) + "1" + new string('}', 200) },
        { "deep arrays", "{\"prompt\":" + new string('[', 1500) + new string(']', 1500) + "}" },
        { "half a surrogate pair", "{\"prompt\":\"\\ud83d\"}" },
        { "half a surrogate pair in a name", "{\"\\ud83d\":1}" },
        { "a byte order mark between", "{\"prompt\":\uFEFF\"w3\"}" },
    };

    [Theory]
    [MemberData(nameof(HostileBodies))]
    public async Task A_hostile_body_is_refused(string kind, string body)
    {
        foreach (var path in (string[])[Completions, Chat, "/v1/embeddings", "/suggest", "/score"])
        {
            using var response = await server.PostTextAsync(path, body);
            Assert.NotEqual("", kind);
            await RunningServer.ErrorOf(response, 400);
        }
        await IsWell();
    }

    [Theory]
    [InlineData("{\"prompt\":\"?\"}")]
    [InlineData("{\"pro?mpt\":\"w3\"}")]
    [InlineData("{\"stop\":[\"?\"]}")]
    public async Task Bytes_that_are_not_utf8_are_refused(string body)
    {
        foreach (var wrong in (byte[][])[[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
        {
            var parts = body.Split('?').Select(Encoding.UTF8.GetBytes).ToArray();
            var content = new ByteArrayContent([.. parts[0], .. wrong, .. parts[1]]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            await RunningServer.ErrorOf(await server.Client.PostAsync(Completions, content), 400);
        }
        await IsWell();
    }

    [Fact]
    public async Task A_text_with_every_character_is_answered()
    {
        var text = new string([.. Enumerable.Range(0, 500).Select(number => (char)(number * 131)).Where(character => !char.IsSurrogate(character))]);
        Assert.Equal(text + "", (await server.AskAsync(Completions, new { prompt = text, max_tokens = 0, echo = true })).GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_whether_or_not_it_says_so()
    {
        var body = $"{{\"prompt\":\"{new string('a', 5000)}\"}}";
        await RunningServer.ErrorOf(await server.PostTextAsync(Completions, body), 413);
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Completions) { Content = content, Headers = { TransferEncodingChunked = true } };
        await RunningServer.ErrorOf(await server.Client.SendAsync(request), 413);
        await IsWell();
    }

    [Fact]
    public async Task A_text_with_too_many_tokens_is_refused()
    {
        var text = string.Join(' ', Enumerable.Repeat("w3", 21));
        var error = await RunningServer.ErrorOf(await server.PostAsync(Completions, new { prompt = text }), 400);
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        await RunningServer.ErrorOf(await server.PostAsync("/v1/embeddings", new { input = text }), 400);
        await RunningServer.ErrorOf(await server.PostAsync("/suggest", new { text }), 400);
        await RunningServer.ErrorOf(await server.PostAsync("/score", new { texts = (string[])["w3", text] }), 400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_type_of_body_is_refused(string type)
    {
        var content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        await RunningServer.ErrorOf(await server.Client.PostAsync(Completions, content), 415);
        var compressed = new StringContent("{}", Encoding.UTF8, "application/json") { Headers = { ContentEncoding = { "gzip" } } };
        await RunningServer.ErrorOf(await server.Client.PostAsync(Completions, compressed), 415);
    }

    [Fact]
    public async Task Another_path_model_or_method_is_refused()
    {
        await RunningServer.ErrorOf(await server.Client.GetAsync("/v1/files"), 404);
        Assert.Equal("model_not_found", (await RunningServer.ErrorOf(await server.PostAsync(Completions, new { model = "gpt-3" }), 404)).GetProperty("code").GetString());
        await RunningServer.ErrorOf(await server.Client.GetAsync("/v1/models/gpt-3"), 404);
        using var response = await server.Client.GetAsync(Completions);
        await RunningServer.ErrorOf(response, 405);
        Assert.Equal("POST", Assert.Single(response.Content.Headers.Allow));
        await RunningServer.ErrorOf(await server.Client.DeleteAsync("/v1/models"), 405);
    }

    [Fact]
    public async Task What_an_application_lacks_elsewhere_stays_its_own_affair()
    {
        await using var other = await RunningServer.StartAsync(Model, map: application => application.MapGet("/own", () => "mine"));
        Assert.Equal("mine", await other.Client.GetStringAsync("/own"));
        foreach (var (method, path, status) in ((HttpMethod, string, int)[])[(HttpMethod.Get, "/", 404), (HttpMethod.Get, "/v2/completions", 404), (HttpMethod.Post, "/own", 405)])
        {
            using var response = await other.Client.SendAsync(new HttpRequestMessage(method, path));
            Assert.Equal((status, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task An_application_that_only_serves_a_model_tells_of_every_path_that_it_lacks()
    {
        await using var alone = await RunningServer.StartAsync(Model, options => options.ApiKey = "sk-secret", map: application =>
        {
            application.MapGet("/own", () => "mine");
            application.MapLanguageModelFallback();
        });
        await RunningServer.ErrorOf(await alone.Client.GetAsync("/"), 401);
        alone.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-secret");
        foreach (var path in (string[])["/", "/favicon.ico", "/completions", "/suggest/more", "/v1"])
        {
            var error = await RunningServer.ErrorOf(await alone.Client.GetAsync(path), 404);
            Assert.Equal("unknown_url", error.GetProperty("code").GetString());
            Assert.Contains(path, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        await RunningServer.ErrorOf(await alone.Client.DeleteAsync("/any"), 404);
        await RunningServer.ErrorOf(await alone.Client.GetAsync("/suggest"), 405);
        Assert.Equal("mine", await alone.Client.GetStringAsync("/own"));
        Assert.Equal(HttpStatusCode.OK, (await alone.Client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Only_whoever_has_the_key_is_answered()
    {
        await using var guarded = await RunningServer.StartAsync(Model, options => options.ApiKey = "sk-secret");
        foreach (var given in (string?[])[null, "Bearer", "Bearer ", "Bearer sk-secre", "Bearer sk-secret2", "Basic sk-secret", "sk-secret"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            if (given is not null) Assert.True(request.Headers.TryAddWithoutValidation("Authorization", given));
            using var response = await guarded.Client.SendAsync(request);
            Assert.Equal("invalid_api_key", (await RunningServer.ErrorOf(response, 401)).GetProperty("code").GetString());
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        }
        Assert.Equal(HttpStatusCode.OK, (await guarded.Client.GetAsync("/health")).StatusCode);
        guarded.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-secret");
        Assert.Equal(HttpStatusCode.OK, (await guarded.Client.GetAsync("/v1/models")).StatusCode);
        Assert.DoesNotContain(guarded.Logs.All, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_given_up()
    {
        await using var impatient = await RunningServer.StartAsync(
            Model, limit: limits => limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.5)));
        using var client = new TcpClient();
        await client.ConnectAsync(impatient.Address.Host, impatient.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Completions} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"prompt\":"));
        using var reader = new StreamReader(stream);
        Assert.Contains(" 408 ", await reader.ReadLineAsync());
    }

    private async Task IsWell() => Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Completions, new { prompt = "w3" })).StatusCode);
}
