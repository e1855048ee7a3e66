using System.Text.Json.Serialization;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Tokenizing;

/// <summary>A tokenizer, as its payload holds it.</summary>
internal sealed record TokenizerSettings : PayloadSettings
{
    /// <summary>The tokenizer's own settings.</summary>
    public required IReadOnlyDictionary<string, string> Tokenizer { get; init; }
}

/// <summary>How the settings become JSON and come back, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TokenizerSettings))]
internal sealed partial class TokenizerJson : JsonSerializerContext;
