using System.Text.Json;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Rescoring;

/// <summary>What rescores, its columns, and the size of the vectors of hypotheses; 0 where it varies.</summary>
internal sealed record RescoringPayload(RescoringModel Model, RescoringColumns Columns, int Size) : IPayload<RescoringPayload>
{
    private const string PayloadKind = "rescoring";
    private const int Version = 1;

    public string Settings => JsonSerializer.Serialize(
        new RescoringSettings { Kind = PayloadKind, Version = Version, Model = Model.Kind, Columns = Columns, Size = Size }, RescoringJson.Default.RescoringSettings);

    public void WriteContent(Stream stream) => Model.Save(stream);

    public static RescoringPayload Read(string settings, Stream content)
    {
        var read = PayloadSettings.Read(settings, RescoringJson.Default.RescoringSettings, PayloadKind, Version);
        if (read.Size is < 0 or > VectorParts.MaximumSize)
            throw new InvalidDataException(Invariant($"This ML.NET model file is damaged: the size of its vectors of hypotheses is {read.Size}."));
        PayloadSettings.Make(PayloadKind, () =>
        {
            read.Columns.Validate();
            return read;
        });
        return new RescoringPayload(RescoringModel.Load(read.Model, content), read.Columns, read.Size);
    }
}
