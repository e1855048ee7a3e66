namespace RnnLm.Cli.Tests;

public sealed class NGramTests(TrainedShell trained) : IClassFixture<TrainedShell>, IDisposable
{
    private readonly Shell shell = new();

    private string Text => trained.Text;

    [Theory]
    [InlineData("model.ngram")]
    [InlineData("model.arpa")]
    [InlineData("MODEL.ARPA")]
    public void A_model_is_made_measured_and_shown(string name)
    {
        var made = shell.Run("ngram", Text, "--output", shell[name], "--order", "3", "--tokenizer", "whitespace", "--json");
        Assert.Equal((0, ""), (made.Code, made.Error));
        var saved = Assert.Single(made.Json);
        Assert.Equal(("saved", 3, 8), (saved.GetProperty("event").GetString(), saved.GetProperty("order").GetInt32(), saved.GetProperty("vocabularySize").GetInt32()));
        Assert.Equal([8, 8, 7], saved.GetProperty("nGrams").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal(new FileInfo(shell[name]).Length, saved.GetProperty("bytes").GetInt64());

        var measured = Assert.Single(shell.Run("evaluate", shell[name], Text, "--json").Json);
        var network = Assert.Single(shell.Run("evaluate", trained.Model, Text, "--json").Json);
        Assert.Equal(network.EnumerateObject().Select(member => member.Name), measured.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("linesApart", 480), (measured.GetProperty("context").GetString(), measured.GetProperty("words").GetInt32()));
        Assert.InRange(measured.GetProperty("perplexity").GetDouble(), 1, 1.5);

        var shown = Assert.Single(shell.Run("info", shell[name], "--json").Json);
        Assert.Equal([8, 8, 7], shown.GetProperty("nGrams").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Contains("order 3", shell.Run("info", shell[name]).Output, StringComparison.Ordinal);
        Assert.Contains("each line apart", shell.Run("evaluate", shell[name], Text).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ARPA_file_measures_what_the_librarys_own_does()
    {
        Make("model.ngram");
        Make("model.arpa");
        Assert.Equal(PerplexityOf("model.ngram"), PerplexityOf("model.arpa"), 1e-4);
        Assert.StartsWith("\n\\data\\\nngram 1=9\n", File.ReadAllText(shell["model.arpa"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_ARPA_file_lacks_is_said_and_shown_without_empty_headings()
    {
        Make("model.ngram");
        Make("model.arpa");
        foreach (var command in new string[][] { ["info", "FILE"], ["evaluate", "FILE", Text], ["score", "FILE", Text] })
        {
            Assert.Contains("no tokenizer: text is split into words by white space", Run("model.arpa").Error, StringComparison.Ordinal);
            Assert.Equal("", Run("model.ngram").Error);

            Outcome Run(string file) => shell.Run([.. command.Select(part => part == "FILE" ? shell[file] : part)]);
        }
        Assert.DoesNotContain(shell.Run("info", shell["model.arpa"]).Lines, line => line is "training" or "figures");
        Assert.Contains("training", shell.Run("info", shell["model.ngram"]).Lines);

        shell.Write("closed.arpa", "\\data\\\nngram 1=3\n\n\\1-grams:\n-0.5 </s>\n-99 <s>\n-0.2 a\n\\end\\\n");
        Assert.Contains("has no unknown word", shell.Run("info", shell["closed.arpa"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_text_is_scored()
    {
        Make("model.ngram");
        var score = Assert.Single(shell.RunWithInput("the cat flew\n", "score", shell["model.ngram"], "--json", "--by-word").Json);
        Assert.Equal((4, 1), (score.GetProperty("words").GetInt32(), score.GetProperty("unknown").GetInt32()));
        Assert.Equal(score.GetProperty("logProbability").GetDouble(), score.GetProperty("byWord").EnumerateArray().Sum(word => word.GetProperty("logProbability").GetDouble()), 1e-9);
        Assert.True(score.GetProperty("logProbability").GetDouble() < 0);
    }

    [Fact]
    public void The_vocabulary_and_the_tokenizer_of_another_model_are_taken()
    {
        var other = shell.Write("other.txt", "the dog sat on the mat .\n");
        Assert.Equal(0, shell.Run("ngram", other, "-o", shell["of.ngram"], "--vocabulary-of", trained.Model).Code);

        var (network, ngrams) = (LanguageModel.Load(trained.Model), NGramModel.Load(shell["of.ngram"]));
        Assert.Equal(network.Vocabulary, ngrams.Vocabulary);
        Assert.Equal(network.Tokenizer.Settings, ngrams.Tokenizer.Settings);
        Assert.Equal(0, shell.Run("ngram", other, "-o", shell["again.ngram"], "--vocabulary-of", shell["of.ngram"]).Code);
        Assert.Equal(File.ReadAllBytes(shell["of.ngram"]), File.ReadAllBytes(shell["again.ngram"]));

        Assert.Contains("--vocabulary-size does not go with --vocabulary-of",
            shell.Run("ngram", other, "-o", shell["x.ngram"], "--vocabulary-of", trained.Model, "--vocabulary-size", "5").Error, StringComparison.Ordinal);
        Assert.Contains("are one file", shell.Run("ngram", other, "-o", shell["of.ngram"], "--vocabulary-of", shell["of.ngram"]).Error, StringComparison.Ordinal);
        Assert.Contains("there is no file", shell.Run("ngram", other, "-o", shell["x.ngram"], "--vocabulary-of", shell["none"]).Error, StringComparison.Ordinal);
        Assert.Contains("Leave --tokenizer out",
            shell.Run("ngram", other, "-o", shell["x.ngram"], "--vocabulary-of", trained.Model, "--tokenizer", "characters").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["x.ngram"]));
    }

    [Fact]
    public void A_vocabulary_is_cut()
    {
        Assert.Equal(0, shell.Run("ngram", Text, "-o", shell["cut.ngram"], "--tokenizer", "whitespace", "--vocabulary-size", "4").Code);
        Assert.Equal(["<unk>", "<eos>", "the", "."], NGramModel.Load(shell["cut.ngram"]).Vocabulary);
    }

    [Theory]
    [InlineData("--order", "0", "--order is 0; it must be from 1 to 16")]
    [InlineData("--memory", "15", "--memory is 15; it must be at least 16")]
    [InlineData("--temporary-folder", "no-such-folder", "--temporary-folder is no-such-folder")]
    [InlineData("--order", "x", "--order is \"x\"; it must be a whole number")]
    public void What_is_asked_for_wrongly_is_refused(string flag, string value, string fault)
    {
        var outcome = shell.Run("ngram", Text, "-o", shell["x.ngram"], flag, value);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(fault, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["x.ngram"]));
    }

    [Fact]
    public void A_text_without_words_and_words_that_an_ARPA_file_cannot_hold_are_refused()
    {
        var blank = shell.Write("blank.txt", "\n \n");
        Assert.Contains("no word", shell.Run("ngram", blank, "-o", shell["x.ngram"]).Error, StringComparison.Ordinal);
        Assert.Contains("blank lines", shell.Run("ngram", blank, "-o", shell["x.ngram"], "--vocabulary-of", trained.Model).Error, StringComparison.Ordinal);
        Assert.Contains("white space", shell.Run("ngram", Text, "-o", shell["x.arpa"], "--tokenizer", "characters").Error, StringComparison.Ordinal);
        Assert.Equal(["blank.txt"], shell.Files);
    }

    [Fact]
    public void A_damaged_model_is_called_so()
    {
        Make("model.ngram");
        File.WriteAllBytes(shell["cut.ngram"], File.ReadAllBytes(shell["model.ngram"])[..^3]);
        shell.Write("bad.arpa", "\\data\\\nngram 1=1\n\n\\1-grams:\nx a\n");
        Assert.Contains("cut short", shell.Run("evaluate", shell["cut.ngram"], Text).Error, StringComparison.Ordinal);
        Assert.Contains("Line 5", shell.Run("evaluate", shell["bad.arpa"], Text).Error, StringComparison.Ordinal);
        Assert.Contains("n-gram model", shell.Run("predict", shell["model.ngram"], "the").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_it_writes_nothing()
    {
        var outcome = shell.Run("", new CancellationToken(canceled: true), "ngram", Text, "-o", shell["x.ngram"]);
        Assert.Equal(130, outcome.Code);
        Assert.Empty(shell.Files);
    }

    public void Dispose() => shell.Dispose();

    private void Make(string name) => Assert.Equal(0, shell.Run("ngram", Text, "-o", shell[name], "--tokenizer", "whitespace").Code);

    private double PerplexityOf(string name) => Assert.Single(shell.Run("evaluate", shell[name], Text, "--json").Json).GetProperty("perplexity").GetDouble();
}
