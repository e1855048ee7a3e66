using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace RnnLm.AspNetCore;

/// <summary>Reads the body of a request: JSON in UTF-8, no longer and no deeper than it may be.</summary>
internal static class RequestBody
{
    // What is asked for is three deep at most.
    private const int GreatestDepth = 16;

    // It grows with what comes, not with what is said to come.
    private const int FirstRoom = 4096;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = GreatestDepth, AllowDuplicateProperties = false };

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedRequestException">It is no JSON object, or too long.</exception>
    /// <exception cref="BadHttpRequestException">It did not come in time, or not whole.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, int maximumSize, CancellationToken cancellationToken)
    {
        CheckType(context.Request);
        if (context.Request.ContentLength > maximumSize) throw TooLong(maximumSize);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maximumSize;

        var body = new ArrayBufferWriter<byte>(FirstRoom);
        while (await context.Request.Body.ReadAsync(body.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            body.Advance(count);
            if (body.WrittenCount > maximumSize) throw TooLong(maximumSize);
        }
        return Parse(body.WrittenMemory);
    }

    private static void CheckType(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
        if (!isJson) throw new RefusedRequestException(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON in UTF-8, with the header Content-Type: application/json.");
        if (request.Headers.ContentEncoding.Count > 0)
            throw new RefusedRequestException(StatusCodes.Status415UnsupportedMediaType, "The body must not be compressed: leave out the header Content-Encoding.");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Options);
        }
        // The latter is of a name that is no text.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, $"The body is not JSON that can be read: {fault.Message}");
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new RefusedRequestException(StatusCodes.Status400BadRequest, "The body must be a JSON object.");
    }

    private static RefusedRequestException TooLong(int maximumSize)
        => new(StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"The body must have at most {maximumSize} bytes."));
}
