using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>Tells what went wrong, in OpenAI's form.</summary>
internal static class ErrorAnswer
{
    /// <summary>Writes it; where an answer has begun already, a stream ends with it, and anything else is broken off.</summary>
    /// <returns>The status.</returns>
    public static async Task<int> WriteAsync(HttpContext context, RefusedRequestException refused)
    {
        var body = new ErrorBody(new ErrorBody.Details(refused.Message, refused.Status >= 500 ? "server_error" : "invalid_request_error", refused.Parameter, refused.Code));
        try
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = refused.Status;
                await Answer.WriteAsync(context, body).ConfigureAwait(false);
            }
            else if (context.Response.ContentType == EventStream.ContentType)
            {
                await new EventStream(context.Response).WriteAsync(body).ConfigureAwait(false);
            }
            else
            {
                context.Abort();
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The client has left; there is nobody to tell.
        }
        return refused.Status;
    }
}
