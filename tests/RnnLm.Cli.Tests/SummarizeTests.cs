using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class SummarizeTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const string Document = "the cat sat on the mat . the cat sat .\n\nthe mat on the cat .\non the mat . the the the .\n";

    private Shell Shell => trained.Shell;

    private LanguageModel Model => LanguageModel.Load(trained.Model);

    [Fact]
    public void A_document_is_summarized_as_the_model_summarizes_it()
    {
        var file = Shell.Write("document.txt", Document);
        var options = new SummaryOptions { Sentences = 2, RedundancyPenalty = 0.5, ComparedSentences = 3 };
        var expected = Model.Summarize(Document, options);
        var json = Shell.Run("summarize", trained.Model, file, "--sentences", "2", "--redundancy", "0.5", "--compared", "3", "--json").Json.Single();
        Assert.Equal((file, 5), (json.GetProperty("document").GetString(), json.GetProperty("sentenceCount").GetInt32()));
        Assert.Equal(expected.Text, json.GetProperty("summary").GetString());
        var sentences = json.GetProperty("sentences").EnumerateArray().ToArray();
        Assert.Equal(expected.Sentences.Select(sentence => sentence.Text), sentences.Select(sentence => sentence.GetProperty("text").GetString()));
        Assert.Equal(expected.Sentences.Select(sentence => sentence.Position), sentences.Select(sentence => sentence.GetProperty("position").GetInt32()));
        Assert.Equal(expected.Sentences.Select(sentence => sentence.Start), sentences.Select(sentence => sentence.GetProperty("start").GetInt32()));
        Assert.Equal(expected.Sentences.Select(sentence => sentence.Score), sentences.Select(sentence => sentence.GetProperty("score").GetDouble()));
    }

    [Theory]
    [InlineData("--share", "0.4")]
    [InlineData("--by", "embeddings")]
    [InlineData("--lines")]
    public void Every_flag_counts(params string[] flags)
    {
        var options = new SummaryOptions
        {
            ShareOfWords = flags[0] == "--share" ? 0.4 : null,
            Method = flags[0] == "--by" ? SummaryMethod.Embeddings : SummaryMethod.Information,
            LinesAreSentences = flags[0] == "--lines",
        };
        var outcome = Shell.RunWithInput(Document, ["summarize", trained.Model, .. flags]);
        Assert.Equal(Model.Summarize(Document, options).Sentences.Select(sentence => sentence.Text.ReplaceLineEndings(" ")), outcome.Lines);
    }

    [Fact]
    public void Ranked_sentences_have_their_scores()
    {
        var lines = Shell.RunWithInput(Document, "summarize", trained.Model, "--ranked", "--sentences", "5").Lines;
        Assert.Equal(5, lines.Length);
        var scores = lines.Select(line => double.Parse(line.Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public void Several_documents_are_told_apart_and_each_is_summarized_for_itself()
    {
        var (one, two) = (Shell.Write("one.txt", "the cat .\n"), Shell.Write("two.txt", "on the mat .\n"));
        Assert.Equal([$"{one}:", "the cat .", $"{two}:", "on the mat ."], Shell.Run("summarize", trained.Model, one, two).Lines);
        Assert.Equal(2, Shell.Run("summarize", trained.Model, one, two, "--json").Json.Length);
    }

    [Fact]
    public void A_penalty_on_what_is_told_already_is_refused_where_nothing_is()
    {
        var outcome = Shell.RunWithInput(Document, "summarize", trained.Model, "--sentences", "1", "--redundancy", "0.5");
        Assert.Equal((ExitCode.Misused, ""), (outcome.Code, outcome.Output));
        Assert.Contains("--redundancy is 0.5; it must be left as it is where --sentences is 1", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_and_a_share_exclude_one_another()
    {
        var outcome = Shell.RunWithInput(Document, "summarize", trained.Model, "--sentences", "2", "--share", "0.5");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--share is 0.5; it must be left unset where --sentences is set.", outcome.Error, StringComparison.Ordinal);
    }
}
