using System.Text.Json;

namespace RnnLm.AspNetCore;

/// <summary>An embedding of a text.</summary>
/// <param name="Object"><c>embedding</c>.</param>
/// <param name="Index">Which text it is of.</param>
/// <param name="Embedding">Its numbers, or these as bytes in base64.</param>
internal sealed record EmbeddingBody(string Object, int Index, JsonElement Embedding);

/// <summary>Embeddings of texts.</summary>
internal sealed record EmbeddingListBody(string Object, IReadOnlyList<EmbeddingBody> Data, string Model, EmbeddingUsageBody Usage);
