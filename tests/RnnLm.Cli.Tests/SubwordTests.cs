using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Models of subwords on the command line.</summary>
public sealed class SubwordTests : IDisposable
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("the cat sat on the mat, and the other cat saw it\n", 20));

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_model_of_subwords_is_trained_from_a_text_that_is_read_once_and_knows_every_word()
    {
        Assert.Equal(0, shell.RunWithInput(Text, [.. Training("-"), "--vocabulary-size", "455"]).Code);
        var info = shell.Run("info", shell["m.rnnlm"], "--json").Json.Single();
        Assert.Equal("subwords", info.GetProperty("tokenizer").GetProperty("name").GetString());
        Assert.StartsWith("18 (", info.GetProperty("tokenizer").GetProperty("merges").GetString(), StringComparison.Ordinal);
        Assert.Equal(455, info.GetProperty("vocabularySize").GetInt32());

        var next = shell.Run("predict", shell["m.rnnlm"], "the cat", "--json").Json.Single().GetProperty("next");
        Assert.All(next.EnumerateArray(), word => Assert.DoesNotContain("</w>", word.GetProperty("word").GetString()!, StringComparison.Ordinal));
        var score = shell.RunWithInput("the zebra 我\n", "score", shell["m.rnnlm"], "--by-word", "--json").Json.Single();
        Assert.Equal((4, 0), (score.GetProperty("words").GetInt32(), score.GetProperty("unknown").GetInt32()));
        Assert.True(score.GetProperty("pieces").GetInt32() > 4);
        Assert.Equal(["the", "zebra", "我", "<eos>"], score.GetProperty("byWord").EnumerateArray().Select(word => word.GetProperty("word").GetString()));
        Assert.Contains("the</w>", shell.RunWithInput("the zebra\n", "score", shell["m.rnnlm"], "--by-piece").Output, StringComparison.Ordinal);

        var evaluated = shell.Run("evaluate", shell["m.rnnlm"], shell.Write("t.txt", Text), "--json").Json.Single();
        Assert.Equal(20 * 14, evaluated.GetProperty("words").GetInt32());
        Assert.True(evaluated.GetProperty("pieces").GetInt32() > 20 * 14);
        Assert.True(evaluated.GetProperty("piecePerplexity").GetDouble() < evaluated.GetProperty("perplexity").GetDouble());
        Assert.Contains("perplexity by piece", shell.Run("evaluate", shell["m.rnnlm"], shell["t.txt"]).Output, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run("generate", shell["m.rnnlm"], "the").Code);
    }

    [Fact]
    public void Whole_words_are_suggested_and_suspected_and_the_keystrokes_they_save_measured()
    {
        var text = shell.Write("t.txt", Text);
        Assert.Equal(0, shell.Run([.. Training(text), "--vocabulary-size", "460"]).Code);
        var model = LanguageModel.Load(shell["m.rnnlm"]);

        var suggested = shell.Run("suggest", shell["m.rnnlm"], "the ca", "--words", "2", "--json").Json.Single().GetProperty("suggestions").EnumerateArray();
        var expected = model.Suggest("the ca", new SuggestionOptions { MaximumWords = 2 });
        Assert.Equal(expected.Select(suggestion => suggestion.Text), suggested.Select(suggestion => suggestion.GetProperty("text").GetString()));
        Assert.Equal("cat", expected[0].Text.Split(' ')[0]);

        var suspects = shell.Run("suspects", shell["m.rnnlm"], "the zebra sat on the mat", "--json").Json.Single().GetProperty("suspects").EnumerateArray();
        Assert.Equal(model.FindSuspects("the zebra sat on the mat").Select(suspect => (suspect.Word, suspect.Position)),
            suspects.Select(suspect => (suspect.GetProperty("word").GetString()!, suspect.GetProperty("position").GetInt32())));
        Assert.Contains("has no effect with a model of subwords", shell.Run("suspects", shell["m.rnnlm"], "the", "--unknown-score", "-9").Error, StringComparison.Ordinal);

        var saved = shell.Run("evaluate", shell["m.rnnlm"], shell.Write("typed.txt", "the cat sat on the mat\n"), "--typing", "--json").Json.Single();
        Assert.Equal(22, saved.GetProperty("keystrokes").GetInt32());
    }

    [Fact]
    public void An_n_gram_model_of_subwords_is_made_and_measured_by_word()
    {
        var text = shell.Write("t.txt", Text);
        Assert.Equal(0, shell.Run("ngram", text, "--tokenizer", "subwords", "--vocabulary-size", "460", "--order", "2", "--output", shell["m.ngram"]).Code);
        Assert.Equal(20 * 14, shell.Run("evaluate", shell["m.ngram"], text, "--json").Json.Single().GetProperty("words").GetInt32());
        Assert.Equal("cat", shell.Run("suggest", shell["m.ngram"], "the c", "--json").Json.Single().GetProperty("suggestions")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("--vocabulary-size is 100; with --tokenizer subwords it must be at least 437", "--vocabulary-size", "100")]
    [InlineData("--minimum-count does not go with --tokenizer subwords", "--minimum-count", "2")]
    public void Flags_that_do_not_go_with_subwords_are_refused(string said, params string[] flags)
    {
        var outcome = shell.Run([.. Training(shell.Write("t.txt", Text)), .. flags]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_with_the_subwords_that_a_model_has()
    {
        var text = shell.Write("t.txt", Text);
        Assert.Equal(0, shell.Run([.. Training(text), "--vocabulary-size", "460"]).Code);
        var outcome = shell.Run("train", text, "--initial", shell["m.rnnlm"], "--tokenizer", "subwords", "--output", shell["n.rnnlm"]);
        Assert.Contains("Leave --tokenizer out: the model's is taken.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run("train", text, "--initial", shell["m.rnnlm"], "--epochs", "1", "--batch", "2", "--window", "5", "--threads", "1", "--output", shell["n.rnnlm"]).Code);
        Assert.Equal("subwords", shell.Run("info", shell["n.rnnlm"], "--json").Json.Single().GetProperty("tokenizer").GetProperty("name").GetString());
    }

    private string[] Training(string text) =>
    [
        "train", text, "--output", shell["m.rnnlm"], "--tokenizer", "subwords", "--layers", "1", "--embedding", "8", "--hidden", "8", "--dropout", "0", "--batch", "2", "--window", "5",
        "--epochs", "2", "--learning-rate", "0.02", "--threads", "1",
    ];
}
