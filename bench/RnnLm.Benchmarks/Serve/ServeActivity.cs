using System.Net.Http.Json;

namespace RnnLm.Benchmarks.Serve;

/// <summary>Something that clients ask a server again and again.</summary>
/// <param name="Name">What it is, for people to read.</param>
/// <param name="Path">Where it is asked.</param>
/// <param name="Body">What is asked about a text.</param>
sealed record ServeActivity(string Name, string Path, Func<string, object> Body)
{
    public static IReadOnlyList<ServeActivity> All { get; } =
    [
        new("completions", "/v1/completions", text => new { prompt = text, max_tokens = 20, seed = 1 }),
        new("completions, streamed", "/v1/completions", text => new { prompt = text, max_tokens = 20, seed = 1, stream = true }),
        new("chat", "/v1/chat/completions", text => new { messages = (object[])[new { role = "user", content = text }], max_tokens = 20, seed = 1 }),
        new("embeddings", "/v1/embeddings", text => new { input = text, encoding_format = "base64" }),
        new("suggest", "/suggest", text => new { text }),
        new("score", "/score", text => new { text }),
    ];

    /// <summary>Asks, and reads the answer to its end.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public async Task<string?> AskAsync(HttpClient client, string text)
    {
        using var response = await client.PostAsJsonAsync(Path, Body(text));
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return $"{(int)response.StatusCode} {answer}";
        return response.Content.Headers.ContentType?.MediaType == "text/event-stream" && !answer.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) ? "a stream that was broken off" : null;
    }
}
