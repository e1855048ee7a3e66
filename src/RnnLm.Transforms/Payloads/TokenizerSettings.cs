namespace RnnLm.Transforms.Payloads;

/// <summary>A tokenizer, as its payload holds it.</summary>
internal sealed record TokenizerSettings : PayloadSettings
{
    /// <summary>The tokenizer's own settings.</summary>
    public required IReadOnlyDictionary<string, string> Tokenizer { get; init; }
}
