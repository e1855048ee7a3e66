using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>Answers in OpenAI's form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
[JsonSerializable(typeof(CompletionBody))]
[JsonSerializable(typeof(ChatBody))]
[JsonSerializable(typeof(ChatChunkBody))]
[JsonSerializable(typeof(EmbeddingListBody))]
internal sealed partial class AnswerJson : JsonSerializerContext;
