using System.Text;
using RnnLm.Fuzz.Mutations;

namespace RnnLm.Fuzz.Targets;

/// <summary>Text that is read line by line.</summary>
internal sealed class LinesTarget : FuzzTarget
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Name => "lines";

    public override string Summary => "text that may be UTF-8, through TextLines.Read, however it comes in pieces";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8), percentOfBytes: 40);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("lines", "\ufeffa b\r\nc\r\rd\n\u00e9 \u2028 \ud83d\ude00\n"u8.ToArray());
        yield return ("utf-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a b\nc")).ToArray());
        yield return ("latin-1", Encoding.Latin1.GetBytes("caf\u00e9\n"));
    }

    public override void Read(byte[] input)
    {
        var whole = Lines(new MemoryStream(input));
        foreach (var piece in (int[])[1, 2, 5])
            FaultException.Require(IsAlike(Lines(new OneWayStream(input, piece)), whole, input), $"in pieces of {piece} bytes the lines are others");
        if (whole.Fault is { } fault) throw fault;
        var text = Strict.GetString(input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsSpan(3) : input);
        FaultException.Require(text.ReplaceLineEndings("\n").Length >= whole.Text.Length - 1, "there is more in the lines than in the text");
        FaultException.Require(whole.Text.Replace("\n", "", StringComparison.Ordinal) == text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal),
            "the lines are not those of the text");
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;

    /// <summary>Text with zeros may be of another encoding, which is guessed of as much as has come when the first line is taken.</summary>
    private static bool IsAlike(Outcome inPieces, Outcome whole, byte[] input)
        => inPieces == whole || (input.Contains((byte)0) && (inPieces.Fault is not null || whole.Fault is not null));

    private static Outcome Lines(Stream stream)
    {
        var lines = new StringBuilder();
        try
        {
            foreach (var line in TextLines.Read(stream, "x")) lines.Append(line).Append('\n');
            return new Outcome(lines.ToString(), null);
        }
        catch (InvalidDataException fault)
        {
            return new Outcome(lines.ToString(), fault);
        }
    }

    private sealed record Outcome(string Text, InvalidDataException? Fault)
    {
        public bool Equals(Outcome? other) => other is not null && Text == other.Text && Fault is null == other.Fault is null;

        public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
    }
}
