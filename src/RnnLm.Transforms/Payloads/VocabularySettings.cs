namespace RnnLm.Transforms.Payloads;

/// <summary>A vocabulary, as its payload holds it.</summary>
internal sealed record VocabularySettings : PayloadSettings
{
    /// <summary>The words in the order of their ids.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}
