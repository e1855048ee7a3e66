using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>A vocabulary, and the size of the vectors whose words are mapped to it; 0 where it varies.</summary>
internal sealed record VocabularyPayload(Vocabulary Vocabulary, int Size) : IPayload<VocabularyPayload>
{
    private const string Kind = "vocabulary";
    private const int Version = 1;

    public string[] Encode()
        => PayloadSettings.Write(
            new VocabularySettings { Kind = Kind, Version = Version, Words = Vocabulary, Size = Size }, VocabularyJson.Default.VocabularySettings);

    public static VocabularyPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
    {
        var settings = PayloadSettings.Read(slots, VocabularyJson.Default.VocabularySettings, Kind, Version);
        return new(new Vocabulary(settings.Words), settings.Size);
    }
}
