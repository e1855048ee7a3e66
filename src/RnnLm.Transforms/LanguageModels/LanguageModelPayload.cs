using System.Text.Json;
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

    public string Settings => JsonSerializer.Serialize(
        new LanguageModelSettings { Kind = Kind, Version = Version, Input = Input, Columns = Columns }, LanguageModelJson.Default.LanguageModelSettings);

    public void WriteContent(Stream stream) => Model.Save(stream);

    public static LanguageModelPayload Read(string settings, Stream content)
    {
        var read = PayloadSettings.Read(settings, LanguageModelJson.Default.LanguageModelSettings, Kind, Version);
        return new LanguageModelPayload(LanguageModel.Load(content), read.Input, read.Columns);
    }
}
