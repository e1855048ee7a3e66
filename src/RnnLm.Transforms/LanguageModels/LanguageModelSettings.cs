using System.Text.Json.Serialization;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>What a language model's mappings need to know beside the model.</summary>
internal sealed record LanguageModelSettings : PayloadSettings
{
    /// <summary>What the input column holds.</summary>
    public required InputKind Input { get; init; }

    /// <summary>The columns.</summary>
    public required LanguageModelColumns Columns { get; init; }
}

/// <summary>How the settings become JSON and come back, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LanguageModelSettings))]
internal sealed partial class LanguageModelJson : JsonSerializerContext;
