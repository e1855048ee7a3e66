using System.Runtime.InteropServices;
using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Text;

namespace RnnLm.Fuzz.Targets;

/// <summary>Text that is split into words.</summary>
internal sealed class TokenizerTarget : FuzzTarget
{
    private static readonly Tokenizer[] Tokenizers =
    [
        Tokenizer.Whitespace, Tokenizer.Characters, Tokenizer.Text(), Tokenizer.Text(lowerCase: true), Tokenizer.Text(lowerCase: false, NumberClass.Digits),
        Tokenizer.Text(lowerCase: true, NumberClass.Word), TokenizerKind.WithoutNormalization(Tokenizer.Text()), TokenizerKind.WithoutNormalization(Tokenizer.Whitespace),
        TinyModels.Subwords,
    ];

    public override string Name => "tokenizer";

    public override string Summary => "text in UTF-16, through every tokenizer: words that are joined and split again are the same";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.Unicode), percentOfBytes: 10);

    public override int AllocatedForByte => 4000;

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("english", Encoding.Unicode.GetBytes("\"I can't,\" said Mr. O'Neil (aged 1,234.5) -- e.g. the U.S. @-@ ..."));
        yield return ("scripts", Encoding.Unicode.GetBytes("É e\u0301 漢字かな 한국 हिन्दी \u0130I\u0131 ΣΟΦΟΣ \ud83d\ude00 ٣ «a» „b“"));
    }

    public override void Read(byte[] input)
    {
        // The bytes as they are: halves of surrogate pairs are for tokenizers to repair.
        var text = new string(MemoryMarshal.Cast<byte, char>(input));
        foreach (var tokenizer in Tokenizers)
        {
            var words = tokenizer.Tokenize(text);
            FaultException.Require(words.All(word => word.Length > 0), $"{tokenizer.Name}: a word is empty");
            FaultException.Require(!words.Any(word => TextRepair.IsNeeded(word, leaveOutInvisible: false)), $"{tokenizer.Name}: a word holds half a surrogate pair");
            FaultException.Require(tokenizer.Tokenize(tokenizer.Join(words)).SequenceEqual(words, StringComparer.Ordinal), $"{tokenizer.Name}: joined words are split into others");
        }
    }

    public override bool IsDocumented(Exception exception) => false;
}
