namespace RnnLm.Tests.Rescoring;

public sealed class NBestListsTests
{
    public static TheoryData<NBestFormat> Formats => [.. Enum.GetValues<NBestFormat>()];

    private static readonly NBestList[] Lists =
    [
        new("utt-a", [new("the cat sat", [-1.5, 2]), new("", [0.1, -0.0]), new("a \u201ccat\u201d (really) sat", [1e-300, 123456789.125])]),
        new("b", [new("今天 天气", [1 / 3.0, -5])]),
    ];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lists_come_back_as_they_were_written(NBestFormat format)
    {
        var (text, scores) = Write(Lists, format);
        var read = Read(text, format, scores);
        AssertSame(Lists, read);
        var (again, scoresAgain) = Write(read, format);
        Assert.Equal(text, again);
        Assert.Equal(scores, scoresAgain);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Random_lists_come_back_as_they_were_written(NBestFormat format)
    {
        var random = new Random(1);
        NBestList[] lists = [.. Enumerable.Range(0, 50).Select(utterance => new NBestList(
            $"spk-{utterance}", BatchTexts.Random(random.Next(1, 7), 23, seed: utterance).Select(text => new Hypothesis(text, [BitConverter.Int64BitsToDouble(random.NextInt64(1L << 62)), -random.NextDouble()]))))];
        var (text, scores) = Write(lists, format);
        AssertSame(lists, Read(text, format, scores));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Transcripts_come_back_as_they_were_written(NBestFormat format)
    {
        var writer = new StringWriter();
        NBestLists.WriteTranscript(writer, "utt-1", "the cat (sat)", format);
        NBestLists.WriteTranscript(writer, "b", "", format);
        var read = NBestLists.ReadTranscripts(Lines(writer.ToString()), format);
        Assert.Equal(new Dictionary<string, string> { ["utt-1"] = "the cat (sat)", ["b"] = "" }, read);
    }

    [Fact]
    public void Json_keeps_references_conversations_and_lists_without_hypotheses()
    {
        NBestList[] lists = [new("u", [], "what was\tsaid", "a"), new("v", [new(" x ", [])])];
        AssertSame(lists, Read(Write(lists, NBestFormat.JsonLines).Text, NBestFormat.JsonLines, []));
    }

    [Fact]
    public void The_forms_of_Kaldi_and_sclite_are_those_of_their_programs()
    {
        string[] words = ["utt-1-1 the cat ", "utt-1-2 the hat", "utt-1-3", "spk_b-1 hello"];
        string[] acoustic = ["utt-1-1 12.5", "utt-1-2 -3", "utt-1-3 1e+2", "spk_b-1 0"];
        var kaldi = NBestLists.Read(words, NBestFormat.Kaldi, scores: [acoustic, acoustic]).ToList();
        Assert.Equal(["utt-1", "spk_b"], kaldi.Select(list => list.Utterance));
        Assert.Equal(["the cat", "the hat", ""], kaldi[0].Hypotheses.Select(hypothesis => hypothesis.Text));
        Assert.Equal([12.5, 12.5], kaldi[0].Hypotheses[0].Scores);

        string[] trn = [";; a comment", "the cat (utt-1-1)", "the hat  (utt-1-2)", "(utt-1-3)", "hello (spk_b-1)"];
        var fromTrn = NBestLists.Read(trn, NBestFormat.Trn, scores: [acoustic, acoustic]);
        AssertSame(kaldi, [.. fromTrn]);
        Assert.Equal("the cat", NBestLists.ReadTranscripts(["the cat (spk_utt-1)"], NBestFormat.Trn)["spk_utt-1"]);
    }

    [Theory]
    [InlineData(NBestFormat.TabSeparated, "u1", "line 1: the line is \"u1\"")]
    [InlineData(NBestFormat.TabSeparated, "", "line 1")]
    [InlineData(NBestFormat.TabSeparated, "\t1\ta", "line 1")]
    [InlineData(NBestFormat.TabSeparated, "u\tNaN\ta", "line 1: a score of utterance \"u\" is \"NaN\"; it must be a finite number")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|u\t1,5\tb", "line 2: a score of utterance \"u\" is \"1,5\"")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|u\t1\t2\tb", "line 2: there are 2 scores, and 1 in the lines before")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v\t1\ta|u\t1\tb", "line 3: the utterance \"u\" has come before")]
    [InlineData(NBestFormat.TabSeparated, "u\t1e999\ta", "line 1")]
    [InlineData(NBestFormat.JsonLines, "{", "line 1: the line is \"{\", which is no JSON")]
    [InlineData(NBestFormat.JsonLines, "", "line 1")]
    [InlineData(NBestFormat.JsonLines, "[]", "line 1: the line must be an object")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\"}", "line 1: the line has no hypotheses")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"\",\"hypotheses\":[]}", "line 1: the utterance has no name")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[],\"x\":1}", "line 1: the line has \"x\"")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"utterance\":\"v\",\"hypotheses\":[]}", "line 1")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[{\"text\":\"a\",\"scores\":[\"NaN\"]}]}", "line 1: a score of the hypothesis \"a\" is \"\"NaN\"\"")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[{\"text\":\"a\",\"scores\":[1e999]}]}", "line 1: a score of the hypothesis \"a\"")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[{\"text\":\"a\",\"scores\":[1]},{\"text\":\"b\"}]}", "line 1: The hypothesis at index 1")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[{\"text\":\"\\ud800\",\"scores\":[1]}]}", "half a surrogate pair")]
    [InlineData(NBestFormat.Kaldi, "utt a b", "line 1: the key is \"utt\"")]
    [InlineData(NBestFormat.Kaldi, "utt-x a b", "line 1: the key is \"utt-x\"")]
    [InlineData(NBestFormat.Kaldi, "utt-01 a b", "line 1: the key is \"utt-01\"")]
    [InlineData(NBestFormat.Kaldi, "utt-99999999999 a b", "line 1")]
    [InlineData(NBestFormat.Kaldi, " utt-1 a b", "line 1: the line is")]
    [InlineData(NBestFormat.Kaldi, "utt-1 a|utt-3 b", "line 2: the hypothesis is number 3 of utterance \"utt\" and must be number 2")]
    [InlineData(NBestFormat.Kaldi, "utt-1 a|v-1 a|utt-1 b", "line 3: the utterance \"utt\" has come before")]
    [InlineData(NBestFormat.Trn, "a b", "line 1: the line is \"a b\"; it must end with the utterance's name in parentheses")]
    [InlineData(NBestFormat.Trn, "a b ()", "line 1")]
    [InlineData(NBestFormat.Trn, "a b (u 1)", "line 1: the name \"u 1\" has white space")]
    [InlineData(NBestFormat.Trn, ";; said|{ a / b } c (u-1)", "line 2: the text \"{ a / b } c\" has an alternation")]
    public void A_line_that_is_not_as_the_format_has_it_is_refused_with_its_number(NBestFormat format, string text, string says)
    {
        var fault = Assert.Throws<InvalidDataException>(() => NBestLists.Read(text.Split('|'), format, name: "x.txt").ToList());
        Assert.StartsWith("x.txt, line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message);
    }

    [Theory]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|u\t2\tb|v\tNaN\tc", "u")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v", "u")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|", "u")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v\t1\t2\tc", "u")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v\t1\tb|u\t1\tc", "u v")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v\t1\tb|v\tNaN\tc", "u")]
    [InlineData(NBestFormat.TabSeparated, "u\t1\ta|v\t1\tb|v", "u")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\",\"hypotheses\":[]}|{", "u")]
    [InlineData(NBestFormat.Kaldi, "u-1 a|v-x b", "u")]
    [InlineData(NBestFormat.Kaldi, "u-1 a|v-1 b|v-x c", "u")]
    [InlineData(NBestFormat.Kaldi, "u-1 a|v-2 b", "u")]
    [InlineData(NBestFormat.Trn, "a (u-1)|b", "u")]
    [InlineData(NBestFormat.Trn, "a (u-1)|b (v-1)|{ c / d } (v-2)", "u")]
    public void Lists_that_are_whole_before_a_line_that_is_not_right_are_read(NBestFormat format, string text, string whole)
    {
        var read = new List<string>();
        Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var list in NBestLists.Read(text.Split('|'), format)) read.Add(list.Utterance);
        });
        Assert.Equal(whole.Split(' '), read);
    }

    [Theory]
    [InlineData("u-1 1", "scores 1, line 2: the lines end before the score of \"u-2\"")]
    [InlineData("u-1 1|u-3 1", "scores 1, line 2: the score is of \"u-3\" and must be of \"u-2\"")]
    [InlineData("u-1 NaN|u-2 1", "scores 1, line 1: the score of \"u-1\" is \"NaN\"; it must be a finite number")]
    [InlineData("u-1 1 2|u-2 1", "scores 1, line 1: the line is \"u-1 1 2\"")]
    [InlineData("u-1 1|u-2 1|u-3 1", "scores 1, line 3")]
    public void Scores_that_do_not_go_with_the_hypotheses_are_refused(string scores, string says)
    {
        var fault = Assert.Throws<InvalidDataException>(() => NBestLists.Read(["u-1 a", "u-2 b"], NBestFormat.Kaldi, scores: [scores.Split('|')]).ToList());
        Assert.Contains(says, fault.Message);
    }

    [Theory]
    [InlineData(NBestFormat.TabSeparated, "u|u\ta", "line 1")]
    [InlineData(NBestFormat.TabSeparated, "u\ta|u\tb", "line 2: the utterance \"u\" has come before")]
    [InlineData(NBestFormat.Kaldi, "u a|u b", "line 2")]
    [InlineData(NBestFormat.Trn, "a (u)|b", "line 2")]
    [InlineData(NBestFormat.JsonLines, "{\"utterance\":\"u\"}", "line 1: the line has no reference")]
    public void A_transcript_that_is_not_as_the_format_has_it_is_refused_with_its_number(NBestFormat format, string text, string says)
        => Assert.Contains(says, Assert.Throws<InvalidDataException>(() => NBestLists.ReadTranscripts(text.Split('|'), format)).Message);

    [Theory]
    [InlineData(NBestFormat.TabSeparated, "u", "a\tb")]
    [InlineData(NBestFormat.TabSeparated, "u\t", "a")]
    [InlineData(NBestFormat.TabSeparated, "", "a")]
    [InlineData(NBestFormat.TabSeparated, "u", "a\nb")]
    [InlineData(NBestFormat.Kaldi, "u v", "a")]
    [InlineData(NBestFormat.Kaldi, "u", " a")]
    [InlineData(NBestFormat.Kaldi, "u", "a\rb")]
    [InlineData(NBestFormat.Trn, "u)", "a")]
    [InlineData(NBestFormat.Trn, "u", ";; a")]
    [InlineData(NBestFormat.Trn, "u", "a { b / c }")]
    [InlineData(NBestFormat.JsonLines, "", "a")]
    public void What_would_not_come_back_is_not_written(NBestFormat format, string utterance, string text)
    {
        var writer = new StringWriter();
        Assert.Throws<ArgumentException>(() => NBestLists.Write(writer, new NBestList(utterance, [new(text, 1)]), format));
        Assert.Equal("", writer.ToString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Half_a_surrogate_pair_is_not_written(NBestFormat format)
        => Assert.Contains("half a surrogate pair", Assert.Throws<ArgumentException>(() => NBestLists.Write(new StringWriter(), new NBestList("u", [new("a \ud800", 1)]), format)).Message);

    [Fact]
    public void What_a_format_cannot_hold_is_refused_with_one_that_can()
    {
        Assert.Contains("JsonLines can", Fault(new NBestList("u", [])));
        Assert.Contains("JsonLines can", Fault(new NBestList("u", [new("a", 1)], "b")));
        Assert.Contains("leave them out", Fault(new NBestList("u", [new("a", 1)]), new StringWriter()));
        Assert.Throws<ArgumentException>("scores", () => NBestLists.Read(["u\ta"], NBestFormat.TabSeparated, scores: [["u 1"]]));
        Assert.Throws<ArgumentOutOfRangeException>("format", () => NBestLists.Read(["u\ta"], (NBestFormat)9));
        Assert.Throws<FileNotFoundException>(() => NBestLists.Read("no such file"));

        static string Fault(NBestList list, params TextWriter[] scores) => Assert.Throws<ArgumentException>(() => NBestLists.Write(new StringWriter(), list, scores: scores)).Message;
    }

    private static (string Text, string[] Scores) Write(IEnumerable<NBestList> lists, NBestFormat format)
    {
        var writer = new StringWriter();
        StringWriter[] scores = format is NBestFormat.Kaldi or NBestFormat.Trn ? [new(), new()] : [];
        foreach (var list in lists) NBestLists.Write(writer, list, format, scores);
        return (writer.ToString(), [.. scores.Select(apart => apart.ToString())]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lists_can_be_enumerated_again(NBestFormat format)
    {
        var (text, scores) = Write(Lists, format);
        var lists = NBestLists.Read(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), format, scores: [.. scores.Select(apart => apart.Split('\n', StringSplitOptions.RemoveEmptyEntries))]);
        Assert.Equal(Lists[0].Utterance, lists.First().Utterance); // and broken off
        AssertSame(Lists, [.. lists]);
        AssertSame(Lists, [.. lists]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lines_that_are_null_are_told_of(NBestFormat format)
    {
        Assert.Contains("line 1: it is null", Assert.Throws<ArgumentException>(() => NBestLists.Read([null!], format).Count()).Message);
        Assert.Contains("mine, line 1: it is null", Assert.Throws<ArgumentException>(() => NBestLists.ReadTranscripts([null!], format, "mine")).Message);
        if (format is not (NBestFormat.Kaldi or NBestFormat.Trn)) return;
        Assert.Contains("index 1 are null", Assert.Throws<ArgumentException>(() => { _ = NBestLists.Read([], format, scores: [[], null!]); }).Message);
        var line = format == NBestFormat.Kaldi ? "a-1 x" : "x (a-1)";
        Assert.Contains("scores 1, line 1: it is null", Assert.Throws<ArgumentException>(() => NBestLists.Read([line], format, scores: [[null!]]).Count()).Message);
    }

    private static List<NBestList> Read(string text, NBestFormat format, string[] scores) => [.. NBestLists.Read(Lines(text), format, scores: [.. scores.Select(Lines)])];

    private static IEnumerable<string> Lines(string text) => TextLines.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void AssertSame(IReadOnlyList<NBestList> expected, IReadOnlyList<NBestList> actual)
    {
        Assert.Equal(expected.Select(list => (list.Utterance, list.Reference, list.Conversation)), actual.Select(list => (list.Utterance, list.Reference, list.Conversation)));
        foreach (var (list, other) in expected.Zip(actual))
        {
            Assert.Equal(list.Hypotheses.Select(hypothesis => hypothesis.Text), other.Hypotheses.Select(hypothesis => hypothesis.Text));
            Assert.Equal(
                list.Hypotheses.SelectMany(hypothesis => hypothesis.Scores).Select(BitConverter.DoubleToInt64Bits),
                other.Hypotheses.SelectMany(hypothesis => hypothesis.Scores).Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
