using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>ARPA files of n-gram models.</summary>
internal sealed class ArpaTarget : FuzzTarget
{
    public override string Name => "arpa";

    public override string Summary => "ARPA files, read, written and read again";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var (name, model) in TinyNGrams.All()) yield return (name, TinyNGrams.Arpa(model));
        yield return ("foreign", TinyNGrams.ForeignArpa());
    }

    public override void Read(byte[] input)
    {
        var model = NGramModel.ReadArpa(TextLines.Read(new MemoryStream(input), "x"));
        NGramWorkout.Of(model);
        byte[] again;
        try
        {
            again = TinyNGrams.Arpa(model);
        }
        catch (NotSupportedException)
        {
            // A word of the file may be one that can be read, and not be written without being taken for another.
            return;
        }
        NGramWorkout.Compare(model, NGramModel.ReadArpa(TextLines.Read(new MemoryStream(again), "x"), vocabulary: model.Vocabulary));
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException or InvalidDataException;
}
