using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class SuggestTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [Fact]
    public void A_line_of_several_blocked_words_is_named_with_its_file()
    {
        var outcome = trained.Shell.Run("suggest", trained.Model, "the c", "--blocked", trained.Shell.Write("several.txt", "cat\n\nthe mat\n"));
        Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
        Assert.Contains("several.txt\", line 3: \"the mat\" is not one word", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggestions_for_texts_are_a_line_of_json_each()
    {
        var outcome = trained.Shell.Run("suggest", trained.Model, "the c", "the cat ", "-k", "2", "--json");
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        var model = LanguageModel.Load(trained.Model);
        foreach (var (text, line) in ((string[])["the c", "the cat "]).Zip(outcome.Json))
        {
            Assert.Equal(["text", "suggestions"], line.EnumerateObject().Select(member => member.Name));
            Assert.Equal(text, line.GetProperty("text").GetString());
            var expected = model.Suggest(text, new SuggestionOptions { Count = 2 });
            Assert.Equal(expected.Select(suggestion => suggestion.Text), line.GetProperty("suggestions").EnumerateArray().Select(suggestion => suggestion.GetProperty("text").GetString()));
            Assert.All(line.GetProperty("suggestions").EnumerateArray(), suggestion => Assert.Equal(["text", "probability"], suggestion.EnumerateObject().Select(member => member.Name)));
        }
        Assert.Equal("cat", outcome.Json[0].GetProperty("suggestions")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void Standard_input_is_a_text_a_line()
    {
        var outcome = trained.Shell.RunWithInput("the c\n\nthe cat s\n", "suggest", trained.Model);
        Assert.Equal(3, outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("the c\tcat ", outcome.Lines[0]);
    }

    [Fact]
    public void Flags_say_what_is_suggested()
    {
        Assert.StartsWith("cat sat on", Texts("the c", "--words", "3")[0]);
        Assert.DoesNotContain("cat", Texts("the c", "--blocked", trained.Shell.Write("blocked.txt", "\nCat\n")));
        Assert.Empty(Texts("the tca", "--edits", "0"));
        Assert.Equal("cat", Texts("the tca")[0]);
        Assert.Empty(Texts("the ", "--confidence", "1"));
    }

    [Fact]
    public void What_was_learned_of_a_person_is_written_and_read()
    {
        var (user, more) = (trained.Shell["me.user"], trained.Shell["more.user"]);
        Assert.Equal(ExitCode.Done, trained.Shell.Run("suggest", trained.Model, "the zebra sat", "--learn", user).Code);
        Assert.Equal("zebra", Texts("the z", "--user", user)[0]);
        Assert.Empty(Texts("the z"));
        Assert.Equal(ExitCode.Done, trained.Shell.Run("suggest", trained.Model, "a gnu", "--user", user, "--learn", more).Code);
        Assert.Equal(["a", "gnu", "sat", "the", "zebra"], UserModel.Load(more).Words.Order());
        Assert.Equal(ExitCode.Done, trained.Shell.Run("suggest", trained.Model, "a yak", "--user", user, "--learn", user).Code);
        Assert.True(UserModel.Load(user).Knows("yak"));

        var damaged = trained.Shell.Run("suggest", trained.Model, "the z", "--user", trained.Text);
        Assert.NotEqual(ExitCode.Done, damaged.Code);
        Assert.Contains("no file of a user model", damaged.Error);
    }

    [Fact]
    public void An_ngram_model_suggests_too()
    {
        var ngram = trained.Shell["model.ngram"];
        Assert.Equal(ExitCode.Done, trained.Shell.Run("ngram", trained.Text, "--output", ngram, "--tokenizer", "whitespace", "--order", "2").Code);
        var outcome = trained.Shell.Run("suggest", ngram, "the c", "--json");
        Assert.Equal("cat", outcome.Json.Single().GetProperty("suggestions")[0].GetProperty("text").GetString());
        Assert.Equal(TypingMembers, trained.Shell.Run("evaluate", ngram, trained.Text, "--typing", "--json").Json.Single().EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Keystrokes_are_measured_with_the_names_that_are_promised()
    {
        var text = trained.Shell.Write("typed.txt", "the cat sat on the mat .\n\nthe mat .\n");
        foreach (var learns in (string[][])[[], ["--learn-user"]])
        {
            var outcome = trained.Shell.Run(["evaluate", trained.Model, text, "--typing", "--json", .. learns]);
            Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
            var metrics = outcome.Json.Single();
            Assert.Equal(TypingMembers, metrics.EnumerateObject().Select(member => member.Name));
            Assert.Equal(33, metrics.GetProperty("keystrokes").GetInt32());
            // Of each word one letter is left, of a stop too.
            Assert.Equal(1 - (10.0 / 33), metrics.GetProperty("upperBound").GetDouble(), 1e-9);
            Assert.InRange(metrics.GetProperty("savedAt1").GetDouble(), 0.3, 1 - (10.0 / 33));
        }
        Assert.Contains("saved by", trained.Shell.Run("evaluate", trained.Model, text, "--typing").Output.Replace("saved          ", "saved by ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--learn-user goes with --typing", "--learn-user")]
    [InlineData("--lines-apart", "--typing", "--lines-apart")]
    [InlineData("--dynamic", "--typing", "--dynamic")]
    public void Measures_that_do_not_go_together_are_usage_errors(string explanation, params string[] flags)
    {
        var outcome = trained.Shell.Run(["evaluate", trained.Model, trained.Text, .. flags]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(explanation, outcome.Error);
    }

    private static readonly string[] TypingMembers = ["keystrokes", "savedAt1", "savedAt3", "savedAt5", "upperBound", "recallAt1", "recallAt3", "millisecondsP50", "millisecondsP95"];

    private string[] Texts(string text, params string[] flags)
        => [.. trained.Shell.Run(["suggest", trained.Model, text, "--json", .. flags]).Json.Single().GetProperty("suggestions").EnumerateArray().Select(suggestion => suggestion.GetProperty("text").GetString()!)];
}
