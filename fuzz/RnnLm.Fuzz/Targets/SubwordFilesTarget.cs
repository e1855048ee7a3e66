using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Text;

namespace RnnLm.Fuzz.Targets;

/// <summary>The files of subwords: a vocabulary, which begins with a brace, or merges, with the other of the two as it should be.</summary>
internal sealed class SubwordFilesTarget : FuzzTarget
{
    private readonly (byte[] Vocabulary, byte[] Merges) right = SubwordFileFormat.Write(TinyModels.Subwords.Table);

    public override string Name => "subwords";

    public override string Summary => "vocab.json and merges.txt of byte-pair encoding: a tokenizer that gives a text back, or a documented exception";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8), percentOfBytes: 10);

    public override int AllocatedForByte => 4000;

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("vocab.json", right.Vocabulary);
        yield return ("merges.txt", right.Merges);
    }

    public override void Read(byte[] input)
    {
        var isVocabulary = input is [(byte)'{', ..];
        using var merges = new MemoryStream(isVocabulary ? right.Merges : input);
        var tokenizer = new SubwordTokenizer(SubwordFileFormat.Read(isVocabulary ? input : right.Vocabulary, TextLines.Read(merges, "merges")));
        const string text = "a  b é 漢字 \U0001F642\n";
        FaultException.Require(tokenizer.Join(tokenizer.Tokenize(text)) == text, "pieces are joined to another text");
    }

    public override bool IsDocumented(Exception exception) => exception is FormatException or InvalidDataException;
}
