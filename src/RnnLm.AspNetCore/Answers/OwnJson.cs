using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>Answers of our own, as the command line writes them: a number that JSON cannot hold as its name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(SuggestionsBody))]
[JsonSerializable(typeof(ScoreBody))]
[JsonSerializable(typeof(ScoreListBody))]
internal sealed partial class OwnJson : JsonSerializerContext;
