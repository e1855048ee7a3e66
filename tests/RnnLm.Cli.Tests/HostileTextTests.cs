using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>What files say never moves a terminal's cursor, turns its text around, or forges a line.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Forged = "x\nfigures\n  forged 1";

    /// <summary>Words with characters that are shown as their numbers, and how.</summary>
    private static readonly (string Word, string Shown)[] Words =
    [
        ("\u001B[31mred", "\\u001B[31mred"),
        ("line\nbreak", "line\\u000Abreak"),
        ("bell\a\r", "bell\\u0007\\u000D"),
        ("delete\u007F", "delete\\u007F"),
        ("csi\u009B2J", "csi\\u009B2J"),
        ("override\u202E", "override\\u202E"),
        ("isolate\u2066", "isolate\\u2066"),
        ("separator\u2028", "separator\\u2028"),
        ("tab\t", "tab\\u0009"),
        ("mark\u200E\u200F\u061C", "mark\\u200E\\u200F\\u061C"),
        ("zero\u200B\uFEFF", "zero\\u200B\\uFEFF"),
        ("tag\U000E0001\U000E007F", "tag\\U000E0001\\U000E007F"),
    ];

    private readonly Shell shell = new();
    private readonly string model;

    public HostileTextTests()
    {
        var vocabulary = new Vocabulary(["<unk>\u001B", "<eos>\u001B", .. Words.Select(word => word.Word), "é😀"]);
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        // A network of zeros finds every word as probable as any other.
        new LanguageModel(Tokenizer.Whitespace, vocabulary, new NetworkWeights(shape), new TrainingRecord
        {
            Options = new Dictionary<string, string> { ["option\u001B"] = Forged },
            Figures = new Dictionary<string, double> { ["figure\n\u202E"] = 1 },
        }).Save(model = shell["m\u001B.rnnlm"]);
    }

    public void Dispose() => shell.Dispose();

    [Fact]
    public void Info_shows_metadata_in_lines_of_their_own()
    {
        var outcome = shell.Run("info", model);
        AssertHarmless(outcome.Output);
        Assert.Contains("x\\u000Afigures\\u000A  forged 1", outcome.Output);
        Assert.Contains("option\\u001B", outcome.Output);
        Assert.Contains("figure\\u000A\\u202E", outcome.Output);
        Assert.Contains("unknown <unk>\\u001B, end of line <eos>\\u001B", outcome.Output);
        Assert.Contains("m\\u001B.rnnlm", outcome.Output);
        Assert.Single(outcome.Lines, line => line == "figures");
    }

    [Fact]
    public void Predictions_show_every_word_in_the_line_of_its_prompt()
    {
        var outcome = shell.Run("predict", model, "a\u001Bb", "-k", "15");
        AssertHarmless(outcome.Output);
        var line = Assert.Single(outcome.Lines);
        foreach (var (_, shown) in Words) Assert.Contains($"{shown} 6.7 %", line);
        Assert.Contains("é😀", line);
        Assert.StartsWith("a\\u001Bb\t", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_show_every_text_and_word_in_one_line()
    {
        var outcome = shell.RunWithInput("a\u001B[2J b\u202E\n", "score", model, "--by-word");
        AssertHarmless(outcome.Output);
        Assert.Equal(4, outcome.Lines.Length);
        Assert.EndsWith("\ta\\u001B[2J b\\u202E", outcome.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("\tb\\u202E (unknown)", outcome.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_are_generated_are_one_line()
    {
        var outcome = shell.Run("generate", model, "a\u001Bb\nc", "--words", "500", "--seed", "1", "--temperature", "1");
        AssertHarmless(outcome.Output);
        Assert.Equal(["a\\u001Bb", "c"], outcome.Lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Json_has_every_text_as_it_is()
    {
        var next = shell.Run("predict", model, "a\u001Bb\n", "-k", "15", "--json").Json.Single();
        Assert.Equal("a\u001Bb\n", next.GetProperty("prompt").GetString());
        foreach (var (word, _) in Words) Assert.Contains(word, next.GetProperty("next").EnumerateArray().Select(prediction => prediction.GetProperty("word").GetString()));
        Assert.Equal(Forged, shell.Run("info", model, "--json").Json.Single().GetProperty("options").GetProperty("option\u001B").GetString());
    }

    [Theory]
    [InlineData("info", "FILE")]
    [InlineData("evaluate", "MODEL", "FILE")]
    [InlineData("train", "FILE", "--output", "OUT")]
    [InlineData("train", "TEXT", "--output", "FILE/x")]
    [InlineData("train", "TEXT", "--output", "../FILE/x")]
    [InlineData("train", "TEXT", "--output", "/proc/FILE")]
    [InlineData("import", "TEXT", "MODEL", "--output", "FILE/")]
    [InlineData("import", "THERE", "TEXT", "--output", "OUT")]
    [InlineData("info", "THERE")]
    [InlineData("extract", "THERE", "OUT")]
    [InlineData("evaluate", "MODEL", "FOLDER")]
    [InlineData("generate", "MODEL", "--top-k", "FILE")]
    [InlineData("import", "TEXT", "TEXT", "--output", "OUT", "--unknown-word", "FILE", "--end-of-line-word", "FILE")]
    [InlineData("quantize", "MODEL", "OUT")]
    [InlineData("export", "MODEL", "--weights", "FILE", "--vocabulary", "FILE")]
    [InlineData("export", "MODEL", "--onnx", "FILE")]
    [InlineData("info", "MODEL", "FILE")]
    [InlineData("info", "--FILE")]
    [InlineData("predict", "MODEL", "-k", "FILE")]
    public void Errors_and_remarks_show_names_in_one_line(params string[] arguments)
    {
        const string Name = "no\u001B[2J\nrnnlm: all is well\u202E";
        var text = shell.Write("text.txt", "a b\n");
        var folder = Directory.CreateDirectory(shell[$"folder {Name}"]).FullName;
        var outcome = shell.Run([.. arguments.Select(argument => argument
            .Replace("FILE", Name).Replace("THERE", shell.Write(Name, "{}")).Replace("FOLDER", folder).Replace("MODEL", model).Replace("TEXT", text).Replace("OUT", shell["out\u001B\n"]))]);
        AssertHarmless(outcome.Output + outcome.Error);
        Assert.DoesNotContain("\nrnnlm: all is well", outcome.Error);
        Assert.DoesNotContain("\n  rnnlm: all is well", outcome.Error);
        if (!arguments.Contains("quantize")) Assert.Contains("\\u000Arnnlm", outcome.Error);
        Assert.True((outcome.Output + outcome.Error).Contains("\\u001B", StringComparison.Ordinal), outcome.Output + outcome.Error);
    }

    [Fact]
    public void An_error_about_a_huge_text_is_short()
    {
        var huge = new string('x', 1 << 20);
        foreach (var arguments in (string[][])[["info", huge], ["predict", model, "-k", huge], ["train", huge, "--output", huge], [huge], ["info", $"--{huge}"]])
            Assert.InRange(shell.Run(arguments).Error.Length, 1, 1000);
    }

    [Fact]
    public void A_message_of_many_lines_is_cut_and_indented()
    {
        var message = Printable.Message(string.Join('\n', Enumerable.Range(1, 100).Select(line => $"rnnlm: line {line} {new string('y', 10_000)}")));
        var lines = message.Split(Environment.NewLine);
        Assert.Equal(21, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 1010));
        Assert.Equal("  … and 80 lines more", lines[^1]);
    }

    private static void AssertHarmless(string output)
    {
        var harmful = output.Where(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
            .Concat(output.Where(character => character is '\u2028' or '\u202E' or '\u2066'));
        Assert.Empty(harmful);
    }
}
