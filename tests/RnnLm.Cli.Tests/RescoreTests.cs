using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class RescoreTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    // The model has learned nothing but "the cat sat on the mat .".
    private const string Tsv = "u1\t-1\tthe mat sat on the cat .\nu1\t-1.5\tthe cat sat on the mat .\nu2\t-2\tthe cat\nu2\t-1\tcat the\n";

    private Shell Shell => trained.Shell;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lists_come_out_in_their_new_order_and_in_their_form(bool fromStandardInput)
    {
        var outcome = fromStandardInput ? Shell.RunWithInput(Tsv, "rescore", trained.Model) : Shell.Run("rescore", trained.Model, Shell.Write("nbest.tsv", Tsv));
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var read = NBestLists.Read(outcome.Lines).ToList();
        var expected = LanguageModel.Load(trained.Model).RescoreMany(NBestLists.Read(Tsv.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["the cat sat on the mat .", "the mat sat on the cat ."], read[0].Hypotheses.Select(hypothesis => hypothesis.Text));
        foreach (var (list, its) in expected.Zip(read)) Assert.Equal(list.Hypotheses.Select(hypothesis => hypothesis.Score), its.Hypotheses.Select(hypothesis => hypothesis.Scores.Single()));
    }

    [Fact]
    public void Json_has_all_that_is_known()
    {
        var lines = Shell.RunWithInput(Tsv, "rescore", trained.Model, "-", "--json", "--weight", "0.5", "--penalty", "0.25").Json;
        Assert.Equal(["u1", "u2"], lines.Select(line => line.GetProperty("utterance").GetString()));
        Assert.Equal("the cat sat on the mat .", lines[0].GetProperty("best").GetString());
        var hypothesis = lines[0].GetProperty("hypotheses")[0];
        Assert.Equal(1, hypothesis.GetProperty("place").GetInt32());
        Assert.Equal(7, hypothesis.GetProperty("words").GetInt32());
        Assert.Equal(-1.5 + (0.5 * hypothesis.GetProperty("logProbability").GetDouble()) - (0.25 * 7), hypothesis.GetProperty("score").GetDouble(), 1e-9);
        var best = Shell.RunWithInput(Tsv, "rescore", trained.Model, "--json", "--best-only").Json[0];
        Assert.False(best.TryGetProperty("hypotheses", out _));
        Assert.Equal("the cat sat on the mat .", best.GetProperty("best").GetString());
    }

    [Theory]
    [InlineData("tsv", "u1\tthe cat sat on the mat .")]
    [InlineData("kaldi", "u1 the cat sat on the mat .")]
    [InlineData("trn", "the cat sat on the mat . (u1)")]
    [InlineData("json", "{\"utterance\":\"u1\",\"hypotheses\":[{\"text\":\"the cat sat on the mat .\",\"scores\":[")]
    public void The_best_alone_is_a_transcript(string format, string line)
        => Assert.StartsWith(line, Shell.RunWithInput(Tsv, "rescore", trained.Model, "--best-only", "--output-format", format).Lines[0], StringComparison.Ordinal);

    [Fact]
    public void Kaldis_lists_have_costs_in_files_of_their_own()
    {
        var words = Shell.Write("nbest.txt", "u-1 the mat sat on the cat .\nu-2 the cat sat on the mat .\n");
        var acoustic = Shell.Write("ac.txt", "u-1 100\nu-2 101\n");
        var graph = Shell.Write("lm.txt", "u-1 5\nu-2 5.5\n");
        var output = Shell["new-scores.txt"];
        var outcome = Shell.Run(
            "rescore", trained.Model, words, "--format", "kaldi", "--scores", acoustic, graph, "--score-weights", "0.1,1", "--output-scores", output);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["u-1 the cat sat on the mat .", "u-2 the mat sat on the cat ."], outcome.Lines);
        var logProbability = LanguageModel.Load(trained.Model).Score("the cat sat on the mat .").LogProbability;
        var cost = NBestLists.Read(outcome.Lines, NBestFormat.Kaldi, scores: [File.ReadLines(output)]).Single().Hypotheses[0].Scores.Single();
        Assert.Equal(10.1 + 5.5 - logProbability, cost, 1e-9);
    }

    [Fact]
    public void Tuning_tells_what_it_reaches_and_rescores_with_it()
    {
        var references = Shell.Write("said.tsv", "u1\tthe cat sat on the mat .\nu2\tthe cat\n");
        var outcome = Shell.RunWithInput(Tsv, "rescore", trained.Model, "--tune", references, "--best-only");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(["u1\tthe cat sat on the mat .", "u2\tthe cat"], outcome.Lines);
        Assert.Contains("first best  44.44% (4 errors in 9", outcome.Error);
        Assert.Contains("tuned       0.00% (0 errors in 9", outcome.Error);
        Assert.Contains("--weight ", outcome.Error);
        var tuned = Shell.RunWithInput(Tsv, "rescore", trained.Model, "--tune", references, "--json", "--characters").Json[0];
        Assert.Equal("tuned", tuned.GetProperty("event").GetString());
        Assert.Equal(0, tuned.GetProperty("tuned").GetProperty("errors").GetInt32());
        Assert.True(tuned.GetProperty("weight").GetDouble() > 0);
        outcome = Shell.RunWithInput(Tsv, "rescore", trained.Model, "--tune", Shell.Write("half.tsv", "u1\tthe cat\n"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("has no transcript of the utterance \"u2\"", outcome.Error);
    }

    [Fact]
    public void A_conversation_goes_on_from_list_to_list()
    {
        var apart = Shell.RunWithInput(Tsv, "rescore", trained.Model);
        var conversation = Shell.RunWithInput(Tsv, "rescore", trained.Model, "--conversation");
        Assert.Equal(apart.Lines[..2], conversation.Lines[..2]);
        Assert.NotEqual(apart.Lines[2..], conversation.Lines[2..]);
        var model = LanguageModel.Load(trained.Model);
        var expected = new StringWriter();
        foreach (var list in model.RescoreMany(NBestLists.Read(Tsv.Split('\n', StringSplitOptions.RemoveEmptyEntries)), new RescoringOptions { CarryState = true }))
            NBestLists.Write(expected, list.ToNBestList());
        Assert.Equal(expected.ToString(), conversation.Output);
    }

    [Fact]
    public void An_n_gram_model_rescores_too()
    {
        var nGram = Shell["model.ngram"];
        Assert.Equal(0, Shell.Run("ngram", trained.Text, "--output", nGram, "--tokenizer", "whitespace").Code);
        Assert.Equal("u1\tthe cat sat on the mat .", Shell.RunWithInput(Tsv, "rescore", nGram, "--best-only").Lines[0]);
        var outcome = Shell.RunWithInput(Tsv, "rescore", nGram, "--conversation");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("remembers nothing beyond a line", outcome.Error);
    }

    [Theory]
    [InlineData("u1\tNaN\tthe cat\n", "standard input, line 1: a score of utterance \"u1\" is \"NaN\"")]
    [InlineData("u1\t1\tthe cat\n\n", "standard input, line 2")]
    public void A_line_that_is_not_right_is_refused_with_its_number(string text, string says)
    {
        var outcome = Shell.RunWithInput(text, "rescore", trained.Model);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains(says, outcome.Error);
    }

    [Fact]
    public void Lists_before_a_line_that_is_not_right_are_written()
    {
        var whole = Shell.RunWithInput(Tsv, "rescore", trained.Model);
        var outcome = Shell.RunWithInput($"{Tsv}u3\t-1\tthe\nu3\tNaN\tthe\n", "rescore", trained.Model);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Equal(whole.Output, outcome.Output);
        Assert.Contains("line 6", outcome.Error);
    }

    [Theory]
    [InlineData("u3\tNaN\tthe\n", "line 5: a score of utterance \"u3\" is \"NaN\"")]
    [InlineData("u3\t1\t2\tthe\n", "line 5: there are 2 scores, and 1 in the lines before")]
    [InlineData("\n", "line 5: the line is \"\"")]
    [InlineData("u1\t-1\tthe\n", "line 5: the utterance \"u1\" has come before")]
    public void A_list_is_whole_where_the_first_line_of_the_next_is_not_right(string next, string says)
    {
        var whole = Shell.RunWithInput(Tsv, "rescore", trained.Model);
        var outcome = Shell.RunWithInput($"{Tsv}{next}", "rescore", trained.Model);
        Assert.Equal((ExitCode.Failed, whole.Output), (outcome.Code, outcome.Output));
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_format_cannot_hold_is_told_with_the_names_of_the_flags()
    {
        var outcome = Shell.RunWithInput("{\"utterance\":\"u\",\"hypotheses\":[]}\n", "rescore", trained.Model, "--format", "json", "--output-format", "tsv");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("which the format tsv cannot hold; json can.", outcome.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("--conversation")]
    [InlineData("--tune", "SAID")]
    public void Weights_of_another_number_than_there_are_scores_are_a_usage_error(params string[] flags)
    {
        var said = Shell.Write("said-of-both.tsv", "u1\tthe cat\nu2\tthe cat\n");
        var outcome = Shell.RunWithInput(Tsv, ["rescore", trained.Model, "--score-weights", "0.1,1", .. flags.Select(flag => flag == "SAID" ? said : flag)]);
        Assert.Equal((ExitCode.Misused, ""), (outcome.Code, outcome.Output));
        Assert.Contains("There are 2 weights, and the hypotheses of utterance \"u1\" have", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--score-weights must have a weight for each score.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_list_gives_nothing() => Assert.Equal((0, "", ""), Shell.RunWithInput("", "rescore", trained.Model) is var outcome ? (outcome.Code, outcome.Output, outcome.Error) : default);

    [Theory]
    [InlineData("--tune finds --weight and --penalty", "--tune", "x", "--weight", "1")]
    [InlineData("--tune does not go with --conversation", "--tune", "x", "--conversation")]
    [InlineData("--characters goes with --tune", "--characters")]
    [InlineData("--json is a form of its own", "--json", "--output-format", "trn")]
    [InlineData("--output-scores goes with the formats kaldi and trn", "--output-scores", "x")]
    [InlineData("--output-scores is for lists", "--output-scores", "x", "--best-only", "--format", "kaldi")]
    [InlineData("--scores goes with --format kaldi or trn", "--scores", "x")]
    [InlineData("its scores are costs", "--costs", "--format", "kaldi")]
    [InlineData("--unknown-log-probability goes with --unknown penalized", "--unknown-log-probability", "-3")]
    public void Flags_that_do_not_go_together_are_refused(string says, params string[] flags)
    {
        var outcome = Shell.RunWithInput(Tsv, ["rescore", trained.Model, .. flags]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(says, outcome.Error);
    }
}
