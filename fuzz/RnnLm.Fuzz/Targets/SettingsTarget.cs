using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>The settings of a payload, with a model that is as it should be.</summary>
internal sealed class SettingsTarget : FuzzTarget
{
    private readonly Lazy<byte[]> model = new(() => TinyModels.File(TinyModels.Create(CellKind.Lstm)));

    public override string Name => "settings";

    public override string Summary => "settings of payloads, of every contract, as JSON";

    public override IMutation Mutation { get; } = new MixedMutation(JsonMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
        => PayloadTarget.Payloads().Select(payload => (payload.Name, Encoding.UTF8.GetBytes(payload.Settings)));

    public override void Read(byte[] input) => PayloadTarget.ReadEveryKind(Encoding.UTF8.GetString(input), model.Value, this);

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or ModelFormatException;
}
