using System.Text.Json.Serialization;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Rescoring;

/// <summary>What rescoring needs to know beside the model.</summary>
internal sealed record RescoringSettings : PayloadSettings
{
    /// <summary>What kind of model rescores.</summary>
    public required string Model { get; init; }

    /// <summary>The columns, and how scores are put together.</summary>
    public required RescoringColumns Columns { get; init; }

    /// <summary>The size of the vectors of hypotheses; 0 where it varies.</summary>
    public int Size { get; init; }
}

/// <summary>How the settings become JSON and come back, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RescoringSettings))]
internal sealed partial class RescoringJson : JsonSerializerContext;
