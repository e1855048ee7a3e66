using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>Answers a request with one object.</summary>
internal static class Answer
{
    private const string ContentType = "application/json";

    /// <summary>Writes it; the status is left as it is.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T answer) where T : notnull
    {
        var bytes = AnswerFormat.Write(answer);
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
