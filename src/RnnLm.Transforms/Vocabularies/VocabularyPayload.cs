using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>A vocabulary.</summary>
internal sealed record VocabularyPayload(Vocabulary Vocabulary) : IPayload<VocabularyPayload>
{
    private const string Kind = "vocabulary";
    private const int Version = 1;

    public string[] Encode()
        => PayloadSettings.Write(
            new VocabularySettings { Kind = Kind, Version = Version, Words = Vocabulary }, VocabularyJson.Default.VocabularySettings);

    public static VocabularyPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
        => new(new Vocabulary(PayloadSettings.Read(slots, VocabularyJson.Default.VocabularySettings, Kind, Version).Words));
}
