using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;


namespace RnnLm.Transforms.LanguageModels;

/// <summary>A language model and its columns.</summary>
internal sealed record LanguageModelPayload(LanguageModel Model, InputKind Input, LanguageModelColumns Columns) : IPayload<LanguageModelPayload>
{
    private const string Kind = "language model";
    private const int Version = 1;

    /// <summary>Whether of what is predicted the next word alone is wanted, which takes no softmax.</summary>
    public bool PredictsNextWordAlone { get; } = Columns.Wanted
        .All(output => output.Step != PredictionMapping.Step || output.Source == nameof(PredictionMapping.Output.NextWord));

    /// <exception cref="NotSupportedException">The model is too large.</exception>
    public string[] Encode()
    {
        Base64Slots.RequireRoomFor(Model.IsQuantized ? Model.Shape.ParameterCount : BytesOf(Model.Shape));
        var settings = new LanguageModelSettings { Kind = Kind, Version = Version, Input = Input, Columns = Columns };
        using var file = new MemoryStream();
        Model.Save(file);
        return
        [
            .. PayloadSettings.Write(settings, LanguageModelJson.Default.LanguageModelSettings),
            .. Base64Slots.Encode(file.GetBuffer().AsMemory(0, (int)file.Length)),
        ];
    }

    /// <summary>About how many bytes a model has, before it is made: its weights are nearly all of it.</summary>
    public static long BytesOf(NetworkShape shape) => shape.ParameterCount * sizeof(float);

    public static LanguageModelPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
    {
        var settings = PayloadSettings.Read(slots, LanguageModelJson.Default.LanguageModelSettings, Kind, Version);
        var file = new MemoryStream(Base64Slots.Decode(slots[PayloadSettings.Slots..]));
        return new LanguageModelPayload(LanguageModel.Load(file), settings.Input, settings.Columns);
    }
}
