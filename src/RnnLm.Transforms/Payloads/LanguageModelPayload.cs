using System.Text.Json;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Payloads;

/// <summary>A language model and its columns.</summary>
internal sealed record LanguageModelPayload(LanguageModel Model, InputKind Input, LanguageModelColumns Columns) : IPayload<LanguageModelPayload>
{
    private const string Kind = "language model";
    private const int Version = 1;

    public string[] Encode()
    {
        var settings = new LanguageModelSettings { Kind = Kind, Version = Version, Input = Input, Columns = Columns };
        using var file = new MemoryStream();
        Model.Save(file);
        return
        [
            JsonSerializer.Serialize(settings, PayloadJson.Default.LanguageModelSettings),
            .. Base64Slots.Encode(file.GetBuffer().AsMemory(0, (int)file.Length)),
        ];
    }

    public static LanguageModelPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
    {
        var settings = PayloadSettings.Read(slots, PayloadJson.Default.LanguageModelSettings, Kind, Version);
        return new LanguageModelPayload(LanguageModel.Load(new MemoryStream(Base64Slots.Decode(slots[1..]))), settings.Input, settings.Columns);
    }
}
