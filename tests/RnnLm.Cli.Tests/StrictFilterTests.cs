using System.Text.Json;
using RnnLm.Cli.Filters;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary><c>score</c>, <c>predict</c> and <c>embed</c> among other programs: a line out for each line in, in its place, whatever is wrong with it.</summary>
public sealed class StrictFilterTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private static readonly string[] Verbs = ["score", "predict", "embed"];

    private Shell Shell => trained.Shell;

    public static TheoryData<string> Filters() => [.. Verbs, "score --stream", "score --unknown excluded --bits"];

    public static TheoryData<string> JsonFilters() => [.. Verbs, "score --by-word", "score --by-piece --ranks", "embed --by-word"];

    public static TheoryData<string> EveryVerb() => [.. Verbs];

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_line_goes_out_for_each_that_comes_in(string command)
    {
        byte[] input = [.. "the cat\n\n"u8, 0xFF, .. "\nthe\rmat\r\n on\u0085\u2028the\t\n"u8, .. "on"u8];
        var text = Shell.RunWithInput(input, Arguments(command));
        Assert.Equal(ExitCode.SomeFailed, text.Code);
        AssertLines(6, text.Output);
        Assert.StartsWith("error\tstandard input, line 3, byte 9: the byte 0xFF is not UTF-8 here.", text.Output.Split('\n')[2], StringComparison.Ordinal);
        Assert.Single(text.Output.Split('\n'), line => line.StartsWith("error\t", StringComparison.Ordinal));
        Assert.StartsWith("rnnlm: 1 line of 6 lines could not be answered and has its error in that place. The first: standard input, line 3, byte 9: ", text.Error, StringComparison.Ordinal);
        Assert.Single(text.Error.TrimEnd().Split('\n'));

        var json = Shell.RunWithInput(input, [.. Arguments(command), "--json"]);
        Assert.Equal(ExitCode.SomeFailed, json.Code);
        AssertLines(6, json.Output);
        Assert.Equal(["error"], json.Json[2].EnumerateObject().Select(member => member.Name));
        Assert.StartsWith("standard input, line 3, byte 9: ", json.Json[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        var name = command == "predict" ? "prompt" : "text";
        Assert.Equal(["the cat", "", "the\rmat", " on\u0085\u2028the\t", "on"], json.Json.Where((_, place) => place != 2).Select(line => line.GetProperty(name).GetString()));
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void A_first_line_that_cannot_be_read_costs_no_other_its_answer(string command)
    {
        byte[] input = [.. "caf"u8, 0xE9, .. "\nthe\0cat\non\n"u8];
        var outcome = Shell.RunWithInput(input, Arguments(command));
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        AssertLines(3, outcome.Output);
        Assert.StartsWith("error\tstandard input, line 1, byte 3: the byte 0xE9 is not UTF-8 here.", outcome.Output, StringComparison.Ordinal);
        Assert.Single(outcome.Lines, line => line.StartsWith("error\t", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_embeddings_by_word_an_empty_line_follows_those_of_each_text_and_each_error()
    {
        byte[] input = [.. "the cat\n"u8, 0xFF, .. "\n\non\n"u8];
        var outcome = Shell.RunWithInput(input, Arguments("embed --by-word"));
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        Assert.Equal(["the", "cat", "", "error", "", "", "on", "", ""], outcome.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split('\t')[0]));
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void No_line_gives_no_line(string command)
    {
        foreach (var flags in (string[][])[[], ["--json"], ["--input-format", "jsonl"]])
        {
            var outcome = Shell.RunWithInput("", [.. Arguments(command), .. flags]);
            Assert.Equal((ExitCode.Done, "", ""), (outcome.Code, outcome.Output, outcome.Error));
        }
    }

    [Theory]
    [InlineData("score")]
    [InlineData("predict")]
    public void A_text_that_the_model_fails_at_costs_no_other_its_answer(string command)
    {
        using var shell = new Shell();
        Fragile().Save(shell["fragile.rnnlm"]);
        string[] lines = ["a b", "b boom", "", "boom", "b"];
        foreach (var flags in (string[][])[["--json"], ["--json", "--threads", "2"], ["--input-format", "jsonl", "--prefix", ""]])
        {
            var isJson = flags[0] == "--input-format";
            string[] arguments = [command, shell["fragile.rnnlm"], .. flags];
            string InputOf(IEnumerable<string> texts) => string.Concat(texts.Select(text => isJson ? $"{{\"text\":\"{text}\"}}\n" : $"{text}\n"));
            var outcome = shell.RunWithInput(InputOf(lines), arguments);
            Assert.Equal(ExitCode.SomeFailed, outcome.Code);
            Assert.Equal([1, 3], Enumerable.Range(0, lines.Length).Where(place => outcome.Json[place].TryGetProperty("error", out _)));
            Assert.All([1, 3], place => Assert.Contains("no longer finite numbers", outcome.Json[place].GetProperty("error").GetString()));
            Assert.Equal(
                shell.RunWithInput(InputOf(lines.Where(line => !line.Contains("boom"))), arguments).Lines,
                outcome.Lines.Where((_, place) => place is not (1 or 3)));
            Assert.Contains("2 lines of 5 lines could not be answered and have their error in that place", outcome.Error);
        }
    }

    [Theory]
    [MemberData(nameof(JsonFilters))]
    public void Columns_stay_as_they_stand_and_results_follow_them(string command)
    {
        string[] lines =
        [
            """{"id": 12345678901234567890, "text":"the cat", "x": [1, 2.50, {"text": null}], "\u00e9": 1e400 }""",
            """  {"text": "a\nb", "text": "the \"mat\"", "next": 1, "words": "w", "error": true}  """,
            """{"text":""}""",
        ];
        var outcome = Shell.RunWithInput(string.Join('\n', lines), [.. Arguments(command), "--input-format", "jsonl"]);
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        AssertLines(3, outcome.Output);
        foreach (var (line, answer) in lines.Zip(outcome.Output.Split('\n')))
            Assert.StartsWith(line.Trim()[..^1].TrimEnd() + ",\"rnnlm_", answer, StringComparison.Ordinal);

        var plain = Shell.RunWithInput("the cat\nthe \"mat\"\n\n", [.. Arguments(command), "--json"]);
        foreach (var (expected, answer) in plain.Json.Zip(outcome.Json))
        {
            var results = expected.EnumerateObject().Skip(1).ToArray();
            Assert.Equal(
                results.Select(result => ($"rnnlm_{result.Name}", result.Value.GetRawText())),
                answer.EnumerateObject().TakeLast(results.Length).Select(column => (column.Name, column.Value.GetRawText())));
        }
    }

    [Theory]
    [InlineData("not json", "this is not JSON; a line must be an object, such as {\"text\": \"the cat sat\"}.")]
    [InlineData("", "byte 1: this is not JSON")]
    [InlineData("""{"text": "the cat"} {}""", "byte 21: this is not JSON")]
    [InlineData("""["the cat"]""", "this is no object; a line must be an object")]
    [InlineData("""{"body": "the cat"}""", "there is no column \"text\"; name that of the text with --column.")]
    [InlineData("""{"text": 7}""", "the column \"text\" must be a text in quotation marks; it is of the kind Number.")]
    [InlineData("""{"text": null}""", "it is of the kind Null.")]
    [InlineData("""{"text": "\ud800"}""", "surrogate")]
    [InlineData("""{"text": "the cat", "rnnlm_next": 1}""", "there is a column \"rnnlm_next\" already; give results other names with --prefix.")]
    public void A_line_of_JSON_that_cannot_be_answered_has_its_error_behind_its_columns(string line, string error)
    {
        var outcome = Shell.RunWithInput($"{{\"text\": \"the\"}}\n{line}\n{{\"text\": \"cat\"}}\n", "predict", trained.Model, "--input-format", "jsonl");
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        AssertLines(3, outcome.Output);
        var answer = outcome.Output.Split('\n')[1];
        var told = JsonDocument.Parse(answer).RootElement.GetProperty("rnnlm_error").GetString()!;
        Assert.StartsWith("standard input, line 2", told, StringComparison.Ordinal);
        Assert.Contains(error, told, StringComparison.Ordinal);
        if (line.StartsWith('{') && !line.EndsWith("{}", StringComparison.Ordinal)) Assert.StartsWith(line[..^1] + ",\"rnnlm_error\":", answer, StringComparison.Ordinal);
        Assert.All([0, 2], place => Assert.True(outcome.Json[place].TryGetProperty("rnnlm_next", out _)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    public void An_object_without_columns_has_its_error_alone(string line)
    {
        var outcome = Shell.RunWithInput($"{line}\n{{\"text\": \"the\"}}\n", "predict", trained.Model, "--input-format", "jsonl");
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        AssertLines(2, outcome.Output);
        Assert.StartsWith("{\"rnnlm_error\":", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["rnnlm_error"], outcome.Json[0].EnumerateObject().Select(column => column.Name));
    }

    [Theory]
    [InlineData("\\ud800_broken")]
    [InlineData("rnnlm_\\udc00")]
    [InlineData("te\\ud83dxt")]
    public void A_column_whose_name_is_no_text_costs_no_line_its_answer(string name)
    {
        var columns = $"{{\"{name}\":1";
        var outcome = Shell.RunWithInput($"{columns},\"text\":\"the cat\"}}\n{columns}}}\n", "score", trained.Model, "--input-format", "jsonl");
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        AssertLines(2, outcome.Output);
        Assert.StartsWith($"{columns},\"text\":\"the cat\",\"rnnlm_logProbability\":", outcome.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{columns},\"rnnlm_error\":\"standard input, line 2: there is no column", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnnlm_")]
    [InlineData("LM ")]
    [InlineData("")]
    public void An_error_takes_the_place_of_no_column(string prefix)
    {
        var line = $$"""{"{{prefix}}error": "before", "{{prefix}}error2": "too"}""";
        var outcome = Shell.RunWithInput($"{line}\n[]", "embed", trained.Model, "--input-format", "jsonl", "--prefix", prefix);
        Assert.StartsWith($"{line[..^1]},\"{prefix}error3\":", outcome.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($$"""{"{{prefix}}error":""", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void One_filter_answers_what_another_has_answered()
    {
        const string Line = """{"text":"the cat"}""";
        var scored = Shell.RunWithInput(Line, "score", trained.Model, "--input-format", "jsonl");
        var predicted = Shell.RunWithInput(scored.Output, "predict", trained.Model, "--input-format", "jsonl");
        var embedded = Shell.RunWithInput(predicted.Output, "embed", trained.Model, "--input-format", "jsonl");
        Assert.Equal((ExitCode.Done, ""), (embedded.Code, embedded.Error));
        var names = embedded.Json.Single().EnumerateObject().Select(column => column.Name).ToArray();
        Assert.Equal(["text", "rnnlm_logProbability", "rnnlm_words", "rnnlm_unknown", "rnnlm_perplexity", "rnnlm_next", "rnnlm_embedding"], names);
    }

    [Fact]
    public void The_column_of_the_text_and_the_names_of_results_are_those_that_are_asked_for()
    {
        var line = Shell.RunWithInput("""{"text":1,"the body":"the cat"}""", "score", trained.Model, "--input-format", "jsonl", "--column", "the body", "--prefix", "lm.").Json.Single();
        Assert.Equal(Shell.RunWithInput("the cat", "score", trained.Model, "--json").Json.Single().GetProperty("logProbability").GetDouble(), line.GetProperty("lm.logProbability").GetDouble());
    }

    [Fact]
    public void Nothing_that_ends_a_line_anywhere_is_in_an_answer()
    {
        var outcome = Shell.RunWithInput("{\"text\":\r\"the\\rcat\\n\"\r,\"x\":1}\r\n", "score", trained.Model, "--input-format", "jsonl");
        Assert.Equal(ExitCode.Done, outcome.Code);
        Assert.DoesNotContain('\r', outcome.Output.TrimEnd());
        AssertLines(1, outcome.Output);
    }

    [Theory]
    [InlineData("score", "--column", "body", "--column goes with --input-format jsonl")]
    [InlineData("embed", "--prefix", "x", "--prefix goes with --input-format jsonl")]
    [InlineData("predict", "--input-format", "csv", "--input-format is \"csv\"; it must be one of lines, jsonl")]
    [InlineData("predict", "--threads", "0", "--threads is 0; it must be at least 1")]
    public void Flags_that_do_not_go_together_are_refused(string command, string flag, string value, string fault)
    {
        var outcome = Shell.RunWithInput("the\n", command, trained.Model, flag, value);
        Assert.Equal((ExitCode.Misused, ""), (outcome.Code, outcome.Output));
        Assert.Contains(fault, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("predict")]
    public void What_is_on_the_command_line_is_no_JSON(string command)
        => Assert.Contains("--input-format jsonl is of standard input", Shell.Run(command, trained.Model, "the cat", "--input-format", "jsonl").Error, StringComparison.Ordinal);

    [Fact]
    public void Files_are_read_one_after_the_other_and_errors_have_their_names()
    {
        var first = Shell.Write("first.jsonl", "{\"text\":\"the\"}\n");
        var second = Shell.Write("second.jsonl", "{\"text\":\"cat\"}\n[]\n");
        var outcome = Shell.Run("score", trained.Model, first, second, "--input-format", "jsonl");
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        AssertLines(3, outcome.Output);
        Assert.StartsWith($"{second}, line 2: ", outcome.Json[2].GetProperty("rnnlm_error").GetString(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void What_is_read_and_written_may_be_more_than_memory()
    {
        // Lines of one long word are soon scored; as strings they would take twice what the file does.
        const int Lines = 60_000, Word = 1000;
        const string MemoryLimit = "0x3000000"; // 48 MiB
        using var shell = new Shell();
        using (var text = File.CreateText(shell["text.txt"]))
            for (var line = 0; line < Lines; line++) text.WriteLine(new string((char)('a' + (line % 26)), Word));
        using var running = RunningCommand.StartAfter(
            $"exec > '{shell["out"]}'; export DOTNET_GCHeapHardLimit={MemoryLimit}; exec", shell.Folder, "score", trained.Model, shell["text.txt"], "--threads", "1");
        var outcome = running.Wait();
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        Assert.Equal(Lines, File.ReadLines(shell["out"]).Count());
    }

    [Fact]
    public void Progress_is_told_every_half_minute_where_nobody_types_or_looks_on()
    {
        var time = new SetTime();
        using var error = new StringWriter();
        var progress = new FilterProgress(new Terminal(() => Stream.Null, TextWriter.Null, error), time);
        foreach (var (second, lines, failed) in ((int, long, long)[])[(29, 900, 0), (31, 1000, 0), (32, 1100, 0), (60, 1900, 0), (62, 2000, 1)])
        {
            time.Seconds = second;
            progress.Report(lines, failed);
        }
        Assert.Equal(["1,000 lines, 32 a second", "2,000 lines, 1 error, 32 a second"], error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        time.Seconds = 0;
        using var nothing = new StringWriter();
        foreach (var terminal in (Terminal[])[new(() => Stream.Null, TextWriter.Null, nothing) { IsInputInteractive = true }, new(() => Stream.Null, TextWriter.Null, nothing) { IsOutputInteractive = true }])
        {
            var silent = new FilterProgress(terminal, time);
            time.Seconds += 100;
            silent.Report(1, 0);
        }
        Assert.Equal("", nothing.ToString());
    }

    private static void AssertLines(int count, string output)
    {
        Assert.EndsWith("\n", output, StringComparison.Ordinal);
        Assert.Equal(count, output.Count(character => character == '\n'));
    }

    private string[] Arguments(string command) => command.Split(' ') is [var verb, .. var flags] ? [verb, trained.Model, .. flags] : [];

    /// <summary>A model that has no next word after one of its words: its outputs overflow.</summary>
    private static LanguageModel Fragile()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "a", "b", "boom"]);
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Elman, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 });
        weights.Embedding.Values.AsSpan()[^2..].Fill(1);
        Array.Fill(weights.Layers[0].Input.Values, 10);
        Array.Fill(weights.Output.Values, float.MaxValue);
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, weights);
    }

    private sealed class SetTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
