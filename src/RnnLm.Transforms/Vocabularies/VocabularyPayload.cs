using System.Text.Json;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>A vocabulary.</summary>
internal sealed record VocabularyPayload(Vocabulary Vocabulary) : IPayload<VocabularyPayload>
{
    private const string Kind = "vocabulary";
    private const int Version = 1;

    public string Settings => JsonSerializer.Serialize(
        new VocabularySettings { Kind = Kind, Version = Version, Words = Vocabulary }, VocabularyJson.Default.VocabularySettings);

    public void WriteContent(Stream stream)
    {
    }

    public static VocabularyPayload Read(string settings, Stream content)
        => new(new Vocabulary(PayloadSettings.Read(settings, VocabularyJson.Default.VocabularySettings, Kind, Version).Words));
}
