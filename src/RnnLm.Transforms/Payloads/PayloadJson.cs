using System.Text.Json.Serialization;

namespace RnnLm.Transforms.Payloads;

/// <summary>How settings become JSON and come back, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LanguageModelSettings))]
[JsonSerializable(typeof(TokenizerSettings))]
[JsonSerializable(typeof(VocabularySettings))]
internal sealed partial class PayloadJson : JsonSerializerContext;
