using System.Text;
using RnnLm.Fuzz.Mutations;

namespace RnnLm.Fuzz.Targets;

/// <summary>N-best lists and transcripts in every format; the first line of an input says in which.</summary>
internal sealed class NBestTarget : FuzzTarget
{
    private static readonly NBestList[] Lists =
    [
        new("spk-1", [new("the cat sat", -1.5), new("a “cat” (sat)", 1e-300), new("", -0.0)]),
        new("b", [new("今天 天气", 123456789.125)]),
    ];

    public override string Name => "n-best";

    public override string Summary => "n-best lists and transcripts, read, written and read again";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var format in Enum.GetValues<NBestFormat>())
        {
            yield return ($"{format}", Encoding.UTF8.GetBytes($"{format}\n{Write(Lists, format)}"));
            var transcripts = new StringWriter();
            foreach (var list in Lists) NBestLists.WriteTranscript(transcripts, list.Utterance, list.Hypotheses[0].Text, format);
            yield return ($"{format}-transcripts", Encoding.UTF8.GetBytes($"{format}\n{transcripts}"));
        }
    }

    public override void Read(byte[] input)
    {
        string[] lines = [.. TextLines.Read(new MemoryStream(input), "x")];
        if (lines.Length == 0 || !Enum.TryParse<NBestFormat>(lines[0], out var format) || !Enum.IsDefined(format)) throw new InvalidDataException("The first line is no format.");
        var transcripts = ReadTranscripts(lines[1..], format);
        List<NBestList> lists;
        try
        {
            lists = [.. NBestLists.Read(lines.Skip(1), format)];
        }
        catch (InvalidDataException) when (transcripts is not null)
        {
            return;
        }
        string written;
        try
        {
            written = Write(lists, format);
        }
        catch (ArgumentException)
        {
            // What is read leniently, such as a list without hypotheses, may be one that cannot be written.
            return;
        }
        var again = NBestLists.Read(written.Split('\n')[..^1], format).ToList();
        FaultException.Require(Write(again, format) == written, "lists are others after they were written");
        FaultException.Require(again.Count == lists.Count, "there are more or fewer lists after they were written");
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;

    private static IReadOnlyDictionary<string, string>? ReadTranscripts(string[] lines, NBestFormat format)
    {
        try
        {
            return NBestLists.ReadTranscripts(lines, format);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Write(IEnumerable<NBestList> lists, NBestFormat format)
    {
        var writer = new StringWriter();
        foreach (var list in lists) NBestLists.Write(writer, list, format);
        return writer.ToString();
    }
}
