using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Persistence;

namespace RnnLm.Fuzz.Targets;

/// <summary>Saved states, as they are and with a checksum that is right.</summary>
internal sealed class StateTarget : FuzzTarget
{
    private static readonly LanguageModel Model = TinyModels.Create(CellKind.Lstm, layers: 2, projection: 1);

    public override string Name => "state";

    public override string Summary => "saved states, read, gone on from, written and read again";

    public override IMutation Mutation { get; } = new MixedMutation(ByteMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("beginning", BytesOf(Model, Model.Start()));
        yield return ("words", BytesOf(Model, Model.Start("a b . a")));
    }

    public override void Read(byte[] input)
    {
        var endOfHead = input.AsSpan().IndexOf((byte)'\n') + 1;
        Use(endOfHead > 0 ? [.. ChecksummedBody.HeadOf(input.AsSpan(endOfHead), "rnnlm-state", 1), .. input.AsSpan(endOfHead)] : input);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException or NotFiniteNumberException;

    private static void Use(byte[] file)
    {
        var state = Model.LoadState(new MemoryStream(file));
        FaultException.Require(BytesOf(Model, state).AsSpan().SequenceEqual(file), "the state is another after it was loaded and saved");
        Model.Read(state, "a");
        Model.NextWords(state);
    }

    private static byte[] BytesOf(LanguageModel model, RecurrentState state)
    {
        using var stream = new MemoryStream();
        model.SaveState(state, stream);
        return stream.ToArray();
    }
}
