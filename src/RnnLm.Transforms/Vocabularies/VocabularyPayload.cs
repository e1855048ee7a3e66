using System.Text.Json;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>A vocabulary, and the size of the vectors whose words are mapped to it; 0 where it varies.</summary>
internal sealed record VocabularyPayload(Vocabulary Vocabulary, int Size) : IPayload<VocabularyPayload>
{
    private const string Kind = "vocabulary";
    private const int Version = 1;

    public string Settings => JsonSerializer.Serialize(
        new VocabularySettings { Kind = Kind, Version = Version, Words = Vocabulary, Size = Size }, VocabularyJson.Default.VocabularySettings);

    public void WriteContent(Stream stream)
    {
    }

    public static VocabularyPayload Read(string settings, Stream content)
    {
        var read = PayloadSettings.Read(settings, VocabularyJson.Default.VocabularySettings, Kind, Version);
        if (read.Size < 0) throw new InvalidDataException(Invariant($"This ML.NET model file is damaged: the size of its vectors of words is {read.Size}."));
        return new(PayloadSettings.Make(Kind, () => new Vocabulary(read.Words)), read.Size);
    }
}
