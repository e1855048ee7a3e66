using System.Text;
using RnnLm.Fuzz.Mutations;

namespace RnnLm.Fuzz.Targets;

/// <summary>The vocabulary beside weights from PyTorch.</summary>
internal sealed class VocabularyFileTarget : ImportTarget
{
    /// <summary>A vocabulary.</summary>
    public static ReadOnlySpan<byte> Words => "a\n<eos>\nb\n<unk>\n.\n"u8;

    public override string Name => "vocabulary-file";

    public override string Summary => "vocabulary files, with weights for five words";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("words", Words.ToArray());
        yield return ("no-unknown-word", "a\n<eos>\nb\nc\n.\n"u8.ToArray());
        yield return ("spaces", "\ufeff \r\n<eos>\r\n\u00e9\r\n<unk>\r\ne\u0301"u8.ToArray());
    }

    public override void Read(byte[] input) => ImportVocabulary(input);
}
