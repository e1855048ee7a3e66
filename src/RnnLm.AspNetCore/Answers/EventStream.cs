using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>
/// Answers a request with a stream of events (server-sent events of the HTML standard), each an object, as OpenAI's clients read them. No write is cancelled when the time of the
/// request is over, since the server would break the connection off, and how the stream ended could not be told any more.
/// </summary>
internal sealed class EventStream(HttpResponse response)
{
    public const string ContentType = "text/event-stream; charset=utf-8";

    private CancellationToken Aborted => response.HttpContext.RequestAborted;

    /// <summary>Says what is coming: nobody on the way is to keep it, or to gather it.</summary>
    public void Begin()
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Writes an object, to be sent with the next flush.</summary>
    public async Task WriteAsync<T>(T answer) where T : notnull
    {
        var json = AnswerFormat.Write(answer);
        var bytes = new byte["data: "u8.Length + json.Length + 2];
        "data: "u8.CopyTo(bytes);
        json.CopyTo(bytes, "data: "u8.Length);
        "\n\n"u8.CopyTo(bytes.AsSpan(bytes.Length - 2));
        await response.Body.WriteAsync(bytes, Aborted).ConfigureAwait(false);
    }

    /// <summary>Sends what was written.</summary>
    public Task FlushAsync() => response.Body.FlushAsync(Aborted);

    /// <summary>Says that nothing more comes.</summary>
    public async Task EndAsync()
    {
        await response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), Aborted).ConfigureAwait(false);
        await FlushAsync().ConfigureAwait(false);
    }
}
