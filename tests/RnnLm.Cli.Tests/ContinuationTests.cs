using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>What <c>rnnlm generate</c> makes of its flags.</summary>
public sealed class ContinuationTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private Shell Shell => trained.Shell;

    private LanguageModel Model => LanguageModel.Load(trained.Model);

    [Fact]
    public void A_beam_finds_the_text_that_the_library_finds()
    {
        var options = new GenerationOptions { MaximumWords = 9, Beam = new BeamSearchOptions { Width = 3, LengthNormalization = 0.5 } };
        var expected = string.Concat(Model.GenerateText("cat", options));
        string[] flags = ["--words", "9", "--beam", "3", "--length-normalization", "0.5"];
        Assert.Equal($"cat{expected}{Environment.NewLine}", Shell.Run(["generate", trained.Model, "cat", .. flags]).Output);
        Assert.Equal(expected, Shell.Run(["generate", trained.Model, "cat", "--json", .. flags]).Json.Single().GetProperty("continuation").GetString());
    }

    [Fact]
    public void Alternatives_are_lines_with_their_scores()
    {
        var expected = Model.GenerateAlternatives("the", 2, new GenerationOptions { Beam = new BeamSearchOptions { Width = 2 } });
        var lines = Shell.Run("generate", trained.Model, "the", "--beam", "2", "--alternatives", "2").Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(expected.Select(continuation => FormattableString.Invariant($"{continuation.Score:F4}\tthe {continuation.Text}")), lines);

        var json = Shell.Run("generate", trained.Model, "the", "--beam", "2", "--alternatives", "2", "--json").Json.Single().GetProperty("alternatives");
        Assert.Equal(expected.Select(continuation => $" {continuation.Text}"), json.EnumerateArray().Select(alternative => alternative.GetProperty("continuation").GetString()));
        Assert.Equal(expected[0].LogProbability, json[0].GetProperty("logProbability").GetDouble(), 1e-9);
        Assert.Equal(expected[0].Score, json[0].GetProperty("score").GetDouble(), 1e-9);
        Assert.Equal("endOfLine", json[0].GetProperty("end").GetString());
        Assert.Equal(expected[0].Words.Count, json[0].GetProperty("words").GetArrayLength());
    }

    [Fact]
    public void Drawn_alternatives_follow_from_the_seed()
    {
        string[] command = ["generate", trained.Model, "the", "--seed", "3", "--temperature", "4", "--alternatives", "5"];
        var lines = Shell.Run(command).Output;
        Assert.Equal(5, lines.TrimEnd().Split(Environment.NewLine).Length);
        Assert.Equal(lines, Shell.Run(command).Output);
    }

    [Theory]
    [InlineData("--stop on", "the cat sat")]
    [InlineData("--stop-after on", "the cat sat on")]
    [InlineData("--stop mat --minimum-words 3", "the cat sat on the")]
    [InlineData("--stop-after on --lines 2", "the cat sat on")]
    [InlineData("--repetition-penalty 1", "the cat sat on the mat .")]
    [InlineData("--top-k 1", "the cat sat on the mat .")]
    public void The_text_ends_where_the_flags_say(string flags, string expected)
        => Assert.Equal(expected, Shell.Run(["generate", trained.Model, "the cat", .. flags.Split(' ')]).Output.TrimEnd());

    [Fact]
    public void Lines_are_written_as_lines()
    {
        var output = Shell.Run("generate", trained.Model, "the cat", "--lines", "2").Output;
        Assert.Equal(2, output.TrimEnd().Split('\n').Length);
        Assert.StartsWith($"{TrainedShell.Sentence}\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_word_that_the_model_does_not_know_is_named_with_its_flag()
    {
        var outcome = Shell.Run("generate", trained.Model, "the", "--stop", "zebra");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--stop has \"zebra\": the model does not know the word \"zebra\"", outcome.Error);
    }

    [Fact]
    public void Bits_ranks_and_entropies_are_shown_where_they_are_asked_for()
    {
        var score = Model.Score("the cat zebra", new ScoringOptions { IncludeRanks = true, IncludeEntropies = true });
        var line = Shell.RunWithInput("the cat zebra\n", "score", trained.Model, "--bits", "--by-word", "--ranks", "--entropy", "--json").Json.Single();
        Assert.Equal(score.BitsPerWord, line.GetProperty("bitsPerWord").GetDouble(), 1e-6);
        Assert.Equal(score.BitsPerCharacter, line.GetProperty("bitsPerCharacter").GetDouble(), 1e-6);
        Assert.Equal(14, line.GetProperty("characters").GetInt32());
        var words = line.GetProperty("byWord").EnumerateArray().ToArray();
        Assert.Equal(score.Words.Select(word => word.Rank), words.Select(word => (int?)word.GetProperty("rank").GetInt32()));
        Assert.Equal(score.Words[1].Entropy!.Value, words[1].GetProperty("entropy").GetDouble(), 1e-9);

        var text = Shell.RunWithInput("the cat zebra\n", "score", trained.Model, "--bits", "--by-word", "--ranks", "--entropy").Output;
        Assert.Contains(FormattableString.Invariant($"\tbits a word {score.BitsPerWord:F4}\tbits a character {score.BitsPerCharacter:F4}\tthe cat zebra"), text);
        Assert.Contains(FormattableString.Invariant($"\trank {score.Words[1].Rank}\tentropy {score.Words[1].Entropy:F4}\tcat"), text);
        Assert.Contains("zebra (unknown)", text);
    }

    [Theory]
    [InlineData("excluded", 3)]
    [InlineData("penalized", 4)]
    [InlineData("counted", 4)]
    public void Unknown_words_add_what_is_said(string policy, int words)
    {
        var options = new ScoringOptions { UnknownWords = Enum.Parse<UnknownWordPolicy>(policy, ignoreCase: true), UnknownWordLogProbability = -20 };
        string[] penalty = policy == "penalized" ? ["--unknown-log-probability", "-20"] : [];
        var line = Shell.RunWithInput("the zebra sat\n", ["score", trained.Model, "--by-word", "--json", "--unknown", policy, .. penalty]).Json.Single();
        Assert.Equal(Model.Score("the zebra sat", options).LogProbability, line.GetProperty("logProbability").GetDouble(), 1e-6);
        Assert.Equal((words, 1), (line.GetProperty("words").GetInt32(), line.GetProperty("unknown").GetInt32()));
        Assert.Equal(policy == "excluded", line.GetProperty("byWord")[1].TryGetProperty("counted", out _));
    }

    [Fact]
    public void A_stream_has_together_what_its_evaluation_has()
    {
        var text = Shell.Write("stream.txt", "the cat sat\n\nthe mat .\n");
        var metrics = Shell.Run("evaluate", trained.Model, text, "--json").Json.Single();
        var lines = Shell.Run("score", trained.Model, text, "--stream", "--json").Json;
        Assert.Equal(
            -metrics.GetProperty("crossEntropy").GetDouble() * metrics.GetProperty("words").GetInt64(), lines.Sum(line => line.GetProperty("logProbability").GetDouble()), 1e-4);
        Assert.NotEqual(
            Shell.Run("score", trained.Model, text, "--json").Json[^1].GetProperty("logProbability").GetDouble(), lines[^1].GetProperty("logProbability").GetDouble());
    }

    [Fact]
    public void A_stream_of_an_ngram_model_is_refused()
    {
        Assert.Equal(0, Shell.Run("ngram", trained.Text, "--output", Shell["m.ngram"], "--order", "2", "--tokenizer", "whitespace").Code);
        var outcome = Shell.RunWithInput("the cat\n", "score", Shell["m.ngram"], "--stream");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--stream goes with a network", outcome.Error);
        var word = Shell.RunWithInput("the cat\n", "score", Shell["m.ngram"], "--by-word", "--ranks", "--entropy", "--json").Json.Single().GetProperty("byWord")[1];
        Assert.True(word.GetProperty("rank").GetInt32() >= 1 && word.GetProperty("entropy").GetDouble() > 0);
    }
}
