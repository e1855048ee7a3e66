using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RnnLm.AspNetCore.Tests;

/// <summary>A server with a real Kestrel on a port of its own, and a client of it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private RunningServer(WebApplication application)
    {
        this.application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public LogLines Logs { get; private init; } = new();

    public ServedLanguageModel Served => application.Services.GetRequiredService<ServedLanguageModel>();

    public static Task<RunningServer> StartAsync(
        LanguageModel model, Action<LanguageModelServerOptions>? configure = null, Action<KestrelServerLimits>? limit = null, Action<WebApplication>? map = null)
        => StartAsync(services => services.AddLanguageModel(model, configure), limit, map);

    public static Task<RunningServer> StartAsync(string path, Action<LanguageModelServerOptions>? configure = null)
        => StartAsync(services => services.AddLanguageModel(path, configure), limit: null, map: null);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Client.PostAsJsonAsync(path, body);

    public Task<HttpResponseMessage> PostTextAsync(string path, string body) => Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>Asks, and gives the answer, which must be one.</summary>
    public async Task<JsonElement> AskAsync(string path, object body)
    {
        using var response = await PostAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks for a stream, and gives its events, the last of which must be its end.</summary>
    public async Task<JsonElement[]> StreamAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(one => JsonDocument.Parse(one["data: ".Length..]).RootElement)];
    }

    /// <summary>The error object of an answer, which must have the status.</summary>
    public static async Task<JsonElement> ErrorOf(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(status >= 500 ? "server_error" : "invalid_request_error", error.GetProperty("type").GetString());
        Assert.True(error.TryGetProperty("param", out _) && error.TryGetProperty("code", out _));
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }

    private static async Task<RunningServer> StartAsync(Action<IServiceCollection> add, Action<KestrelServerLimits>? limit, Action<WebApplication>? map)
    {
        var logs = new LogLines();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => limit?.Invoke(kestrel.Limits)).UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(logs);
        add(builder.Services);
        var application = builder.Build();
        application.MapLanguageModel();
        map?.Invoke(application);
        await application.StartAsync();
        return new RunningServer(application) { Logs = logs };
    }
}
