using System.Globalization;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Gaps that are filled, words that are suspected and embeddings on the command line, against the calls of the model.</summary>
public sealed class FillTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private readonly LanguageModel model = LanguageModel.Load(trained.Model);

    private Shell Shell => trained.Shell;

    [Fact]
    public void A_gap_is_filled_with_the_word_that_was_learned_there()
    {
        var answer = Shell.Run("fill", trained.Model, "the cat ___ on the mat .", "-k", "2", "--json").Json.Single();
        var expected = model.Fill("the cat ___ on the mat .", options: new FillOptions { Count = 2 });
        Assert.Equal("the cat sat on the mat .", answer.GetProperty("filled").GetString());
        Assert.Equal(expected.Select(candidate => candidate.Words), answer.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("words").GetString()));
        Assert.Equal(expected.Select(candidate => candidate.Probability), answer.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("probability").GetDouble()));
        Assert.Equal((expected.Tried, true), (answer.GetProperty("tried").GetInt32(), answer.GetProperty("exact").GetBoolean()));
        Assert.StartsWith("the cat sat on the mat .\tsat ", Shell.Run("fill", trained.Model, "the cat ___ on the mat .").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_marks_and_open_ends_are_those_of_the_flags_and_texts_come_from_standard_input()
    {
        var lines = Shell.RunWithInput("the [?] sat\nthe cat [?]\n", "fill", trained.Model, "--candidates", "cat, mat,cat sat", "--gap", "[?]", "--open-end", "--json").Json;
        Assert.Equal(["the [?] sat", "the cat [?]"], lines.Select(line => line.GetProperty("text").GetString()));
        var options = new FillOptions { GapMark = "[?]", IncludeEndOfLine = false };
        foreach (var line in lines)
        {
            var expected = model.Fill(line.GetProperty("text").GetString()!, ["cat", "mat", "cat sat"], options);
            Assert.Equal(expected.Select(candidate => candidate.LogProbability), line.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("logProbability").GetDouble()));
        }
    }

    [Fact]
    public void What_cannot_be_filled_is_told_in_a_line()
    {
        var none = Shell.Run("fill", trained.Model, "the cat sat");
        Assert.Equal(ExitCode.Failed, none.Code);
        Assert.Contains("has no gap; mark it by \"___\"", none.Error, StringComparison.Ordinal);
        var both = Shell.Run("fill", trained.Model, "the ___", "--candidates", "cat", "--shortlist", "3");
        Assert.Equal(ExitCode.Misused, both.Code);
        Assert.Contains("--shortlist goes with the words of the vocabulary; all of --candidates are tried.", both.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fill")]
    [InlineData("fill --json")]
    public void A_line_without_a_gap_is_told_of_and_those_after_it_are_answered(string command)
    {
        string[] arguments = [.. command.Split(' ') is [var verb, .. var rest] ? [verb, trained.Model, .. rest] : Array.Empty<string>()];
        var outcome = Shell.RunWithInput("the ___ sat\nthe cat\n\nthe cat ___\n", arguments);
        Assert.Equal(ExitCode.SomeFailed, outcome.Code);
        Assert.Equal(Shell.RunWithInput("the ___ sat\nthe cat ___\n", arguments).Output, outcome.Output);
        Assert.Equal(
            ["rnnlm: standard input, line 2: The text \"the cat\" has no gap; mark it by \"___\".", "rnnlm: standard input, line 3: The text \"\" has no gap; mark it by \"___\"."],
            outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var given = Shell.Run([.. arguments, "the cat", "the cat ___"]);
        Assert.Equal((ExitCode.Failed, 1), (given.Code, given.Lines.Length));
        Assert.StartsWith("rnnlm: The text \"the cat\" has no gap", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_in_the_wrong_place_is_suspected_with_the_word_that_was_learned_there()
    {
        const string Text = "the cat mat on the mat .";
        var suspect = Shell.Run("suspects", trained.Model, Text, "--json").Json.Single().GetProperty("suspects")[0];
        var expected = model.FindSuspects(Text)[0];
        Assert.Equal(("mat", 2, "sat"), (suspect.GetProperty("word").GetString(), suspect.GetProperty("position").GetInt32(), suspect.GetProperty("alternatives")[0].GetProperty("word").GetString()));
        Assert.Equal(expected.LogOdds, suspect.GetProperty("logOdds").GetDouble());
        Assert.Equal(expected.Suspicion, suspect.GetProperty("suspicion").GetDouble());
        var lines = Shell.RunWithInput($"{Text}\n", "suspects", trained.Model, "-k", "1").Lines;
        Assert.Equal(Text, lines[0]);
        Assert.StartsWith("2\tmat\tsat +", lines[1], StringComparison.Ordinal);
        Assert.Empty(Shell.Run("suspects", trained.Model, Text, "--least", "1000", "--json").Json.Single().GetProperty("suspects").EnumerateArray());
    }

    [Fact]
    public void An_embedding_is_a_line_of_numbers_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var lines = Shell.RunWithInput("the cat\n\nsat\n", "embed", trained.Model, "--pooling", "mean", "--layers", "all", "--state", "cell").Lines;
            var options = new EmbeddingOptions { Pooling = EmbeddingPooling.Mean, AllLayers = true, State = EmbeddedState.Cell };
            Assert.Equal(((string[])["the cat", "", "sat"]).Select(text => model.Embed(text, options)), lines.Select(line => Numbers(line.Split('\t'))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        var answer = Shell.Run("embed", trained.Model, "the cat", "--layers", "0", "--json").Json.Single();
        Assert.Equal(model.Embed("the cat"), answer.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()));
    }

    [Fact]
    public void Every_word_has_an_embedding_where_it_is_asked_for()
    {
        var expected = model.EmbedWords("the cat sat");
        var lines = Shell.Run("embed", trained.Model, "the cat sat", "--by-word").Lines;
        Assert.Equal(["the", "cat", "sat"], lines.Select(line => line.Split('\t')[0]));
        Assert.Equal(expected, lines.Select(line => Numbers(line.Split('\t')[1..])));
        var words = Shell.Run("embed", trained.Model, "the cat sat", "--by-word", "--json").Json.Single().GetProperty("words").EnumerateArray().ToArray();
        Assert.Equal(["the", "cat", "sat"], words.Select(word => word.GetProperty("word").GetString()));
        Assert.Equal(expected, words.Select(word => word.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()));
    }

    [Theory]
    [InlineData("--by-word --pooling mean", ExitCode.Misused, "--pooling makes one embedding of a text")]
    [InlineData("--layers 1", ExitCode.Misused, "--layers is 1; it must be from 0 to 0, as the network has 1 layer.")]
    [InlineData("--member 0", ExitCode.Misused, "the model is no ensemble")]
    public void What_makes_no_sense_is_told_in_a_line(string flags, int code, string fault)
    {
        var outcome = Shell.Run(["embed", trained.Model, "the cat", .. flags.Split(' ')]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(fault, outcome.Error, StringComparison.Ordinal);
    }

    private static float[] Numbers(string[] texts) => [.. texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
}
