using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Payloads;

/// <summary>What a language model's mappings need to know beside the model.</summary>
internal sealed record LanguageModelSettings : PayloadSettings
{
    /// <summary>What the input column holds.</summary>
    public required InputKind Input { get; init; }

    /// <summary>The columns.</summary>
    public required LanguageModelColumns Columns { get; init; }
}
