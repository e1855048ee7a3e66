using System.Buffers.Binary;
using System.Text.Json;

namespace RnnLm.AspNetCore;

/// <summary><c>POST /v1/embeddings</c></summary>
internal static class EmbeddingEndpoint
{
    public static async Task HandleAsync(ServedRequest request)
    {
        var model = request.Model;
        string[] texts;
        bool asBytes;
        using (var body = await request.ReadBodyAsync().ConfigureAwait(false))
        {
            var fields = new RequestFields(body.RootElement);
            request.CheckModel(fields.Text("model"));
            texts = fields.Texts("input", request.Options.MaximumTexts) ?? throw RefusedRequestException.Of("input", "is missing.");
            asBytes = fields.Text("encoding_format") switch
            {
                null or "float" => false,
                "base64" => true,
                _ => throw RefusedRequestException.Of("encoding_format", "must be 'float' or 'base64'."),
            };
            var size = model.GetEmbeddingSize();
            if (fields.Whole("dimensions", 1, int.MaxValue) is { } dimensions && dimensions != size)
                throw RefusedRequestException.Of("dimensions", FormattableString.Invariant($"must be {size}, as the model has them."));
            fields.PassOver("user");
            fields.RefuseOthers();
        }
        var counts = await request.CountInputAsync(texts, "input").ConfigureAwait(false);
        var embeddings = await request.WorkOnTextsAsync(texts, counts, (some, batch) => model.EmbedMany(some, options: null, batch)).ConfigureAwait(false);
        await Answer.WriteAsync(request.Context, new EmbeddingListBody(
            "list", [.. embeddings.Select((embedding, index) => new EmbeddingBody("embedding", index, ToJson(embedding, asBytes)))], request.Served.Id,
            new EmbeddingUsageBody(request.InputTokens, request.InputTokens))).ConfigureAwait(false);
    }

    /// <summary>Numbers, or in base64 their bytes, the least first.</summary>
    private static JsonElement ToJson(float[] embedding, bool asBytes)
    {
        if (!asBytes) return JsonSerializer.SerializeToElement(embedding, VectorJson.Default.SingleArray);
        var bytes = new byte[sizeof(float) * embedding.Length];
        for (var i = 0; i < embedding.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), embedding[i]);
        return JsonSerializer.SerializeToElement(bytes, VectorJson.Default.ByteArray);
    }
}
