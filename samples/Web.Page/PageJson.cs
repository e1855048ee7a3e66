using System.Text.Json.Serialization;

namespace WebPage;

/// <summary>How questions and answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageQuestion))]
[JsonSerializable(typeof(PageSuggestions))]
[JsonSerializable(typeof(PageExplanation))]
[JsonSerializable(typeof(PageModel))]
public sealed partial class PageJson : JsonSerializerContext;
