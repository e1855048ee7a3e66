using System.Text.Json.Serialization;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>A vocabulary, as its payload holds it.</summary>
internal sealed record VocabularySettings : PayloadSettings
{
    /// <summary>The words in the order of their ids.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The size of the vectors whose words are mapped; 0 where it varies.</summary>
    public int Size { get; init; }
}

/// <summary>How the settings become JSON and come back, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(VocabularySettings))]
internal sealed partial class VocabularyJson : JsonSerializerContext;
