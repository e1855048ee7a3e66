using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>The model file.</summary>
internal sealed class ModelTarget : FuzzTarget
{
    private const int SmallPiece = 7;

    public override string Name => "model";

    public override string Summary => "model files, from a stream that can seek and from one that cannot";

    public override IMutation Mutation { get; } = new MixedMutation(SafetensorsMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var (name, model) in TinyModels.All()) yield return (name, TinyModels.File(model));
        yield return ("no-checksum", WithoutChecksum(TinyModels.File(TinyModels.Create(CellKind.Lstm))));
    }

    public override void Read(byte[] input)
    {
        LanguageModel model;
        try
        {
            model = LanguageModel.Load(new MemoryStream(input));
        }
        catch (ModelFormatException)
        {
            FaultException.Require(!Loads(input), "a stream that cannot seek gives a model where one that can gives none");
            throw;
        }
        FaultException.Require(Loads(input), "a stream that cannot seek gives no model where one that can gives one");
        ModelWorkout.Of(model);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException;

    private static bool Loads(byte[] input)
    {
        try
        {
            LanguageModel.Load(new OneWayStream(input, SmallPiece));
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    /// <summary>As another program may write one: under a name that means nothing, of as many letters, the checksum is none.</summary>
    private static byte[] WithoutChecksum(byte[] file)
    {
        "noname"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("crc32c"u8)));
        return file;
    }
}
