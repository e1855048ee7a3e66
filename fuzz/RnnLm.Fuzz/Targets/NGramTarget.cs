using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>The file of an n-gram model.</summary>
internal sealed class NGramTarget : FuzzTarget
{
    private const int SmallPiece = 7;

    public override string Name => "ngram";

    public override string Summary => "files of n-gram models, from a stream that can seek and from one that cannot";

    public override IMutation Mutation { get; } = new MixedMutation(SafetensorsMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var (name, model) in TinyNGrams.All()) yield return (name, TinyNGrams.File(model));
    }

    public override void Read(byte[] input)
    {
        NGramModel model;
        try
        {
            model = NGramModel.Load(new MemoryStream(input));
        }
        catch (ModelFormatException)
        {
            FaultException.Require(!Loads(input), "a stream that cannot seek gives a model where one that can gives none");
            throw;
        }
        FaultException.Require(Loads(input), "a stream that cannot seek gives no model where one that can gives one");
        NGramWorkout.Of(model);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException;

    private static bool Loads(byte[] input)
    {
        try
        {
            NGramModel.Load(new OneWayStream(input, SmallPiece));
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }
}
