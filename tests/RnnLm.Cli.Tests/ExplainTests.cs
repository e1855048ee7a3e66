using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class ExplainTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const string Text = "the cat sat on the";

    private Shell Shell => trained.Shell;

    private LanguageModel Model => LanguageModel.Load(trained.Model);

    [Theory]
    [InlineData("leave-one-out")]
    [InlineData("unknown-word")]
    [InlineData("gradient")]
    public void The_influences_are_those_of_the_model(string method)
    {
        var options = new ExplanationOptions
        {
            Word = "mat",
            LastWords = 3,
            Method = method == "gradient" ? new GradientTimesInput() : new LeaveOneOut { KeepsPlace = method == "unknown-word" },
        };
        var expected = Model.Explain(Text, options);
        var json = Shell.Run("explain", trained.Model, Text, "--word", "mat", "--last", "3", "--method", method, "--json").Json.Single();
        Assert.Equal((Text, "mat"), (json.GetProperty("text").GetString(), json.GetProperty("word").GetString()));
        Assert.Equal(expected.Probability, json.GetProperty("probability").GetDouble(), 1e-9);
        Assert.Equal(expected.LogProbability, json.GetProperty("logProbability").GetDouble(), 1e-9);
        Assert.Equal(expected.Method, json.GetProperty("method").GetString());
        var words = json.GetProperty("words").EnumerateArray().ToArray();
        Assert.Equal(["sat", "on", "the"], words.Select(word => word.GetProperty("word").GetString()));
        Assert.Equal([2, 3, 4], words.Select(word => word.GetProperty("position").GetInt32()));
        Assert.Equal(expected.Words.Select(word => word.Nats), words.Select(word => word.GetProperty("nats").GetDouble()));
        Assert.Equal(expected.Words.Select(word => word.Probability), words.Select(word => word.GetProperty("probability").GetDouble()));
    }

    [Fact]
    public void Each_word_stands_on_a_line_with_its_influence_and_without_colours_where_there_is_no_screen()
    {
        var outcome = Shell.Run("explain", trained.Model, Text);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(6, outcome.Lines.Length);
        Assert.StartsWith($"{Text}\t{Model.NextWord(Text)} ", outcome.Lines[0], StringComparison.Ordinal);
        Assert.Equal(Text.Split(' '), outcome.Lines[1..].Select(line => line.Split('\t')[1]));
        Assert.DoesNotContain('\e', outcome.Output);
    }

    [Fact]
    public void Texts_come_from_standard_input_a_line_each()
        => Assert.Equal(
            ["the cat", "", "on"],
            Shell.RunWithInput("the cat\n\non\n", "explain", trained.Model, "--json").Json.Select(line => line.GetProperty("text").GetString()));

    [Fact]
    public void A_page_of_html_has_every_explanation()
    {
        var page = Shell["page.html"];
        Assert.Equal(0, Shell.Run("explain", trained.Model, "the cat", "on <the>", "--html", page).Code);
        var html = File.ReadAllText(page);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains(Model.Explain("the cat").ToHtml(), html, StringComparison.Ordinal);
        Assert.Contains("&lt;the&gt;", html, StringComparison.Ordinal);
        File.Delete(page);
    }

    [Fact]
    public void What_cannot_be_explained_is_told_with_the_flags()
    {
        var outcome = Shell.Run("explain", trained.Model, Text, "--word", "zebra");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--word is \"zebra\"", outcome.Error, StringComparison.Ordinal);
        var quantized = Shell["quantized.rnnlm"];
        Model.Quantize().Save(quantized);
        outcome = Shell.Run("explain", quantized, Text, "--method", "gradient");
        Assert.Contains("8 bits", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("(--method leave-one-out)", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, Shell.Run("explain", quantized, Text).Code);
        File.Delete(quantized);
    }
}
