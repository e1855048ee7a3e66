using System.Text.Json;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class TrainTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [Fact]
    public void Training_writes_a_model_that_has_learned_the_text()
    {
        Assert.Equal(0, trained.Training.Code);
        Assert.True(File.Exists(trained.Model));
        var next = trained.Shell.Run("predict", trained.Model, "the cat sat on", "-k", "1", "--json").Json.Single();
        Assert.Equal("the", next.GetProperty("next")[0].GetProperty("word").GetString());
    }

    [Fact]
    public void With_json_every_line_is_an_object_and_the_last_has_the_best_epoch_and_the_speed()
    {
        Assert.All(trained.Training.Json, line => Assert.Equal(JsonValueKind.String, line.GetProperty("event").ValueKind));
        var last = trained.Training.Json[^1];
        Assert.Equal(trained.Model, last.GetProperty("model").GetString());
        Assert.InRange(last.GetProperty("best").GetProperty("epoch").GetInt32(), 1, 20);
        Assert.InRange(last.GetProperty("best").GetProperty("validationPerplexity").GetDouble(), 1, 2);
        Assert.True(last.GetProperty("wordsPerSecond").GetDouble() > 0);
        Assert.True(last.GetProperty("seconds").GetDouble() > 0);
        var epochs = trained.Training.Json.Where(line => line.TryGetProperty("event", out var name) && name.GetString() == "epoch").ToArray();
        Assert.NotEmpty(epochs);
        Assert.Equal(Enumerable.Range(1, epochs.Length), epochs.Select(line => line.GetProperty("epoch").GetInt32()));
    }

    [Fact]
    public void Without_a_terminal_progress_is_plain_lines_on_standard_error()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\na b c d\na b c d\n");
        var outcome = shell.Run(TrainedShell.SmallTraining(text, shell["m.rnnlm"], epochs: 2));
        Assert.Equal(0, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.Contains("Epoch 2 of 2", outcome.Error);
        Assert.DoesNotContain('\u001b', outcome.Error);
    }

    [Fact]
    public void Text_comes_from_standard_input_where_its_name_is_a_dash()
    {
        using var shell = new Shell();
        var lines = string.Concat(Enumerable.Repeat("a b c d\n", 20));
        var outcome = shell.RunWithInput(lines, TrainedShell.SmallTraining("-", shell["m.rnnlm"]));
        Assert.Equal(0, outcome.Code);
        Assert.True(File.Exists(shell["m.rnnlm"]));
    }

    [Fact]
    public void An_interruption_keeps_the_best_model_and_says_so_by_its_exit_code()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("a b c d\n", 20)));
        var outcome = shell.RunUntil("Epoch 3 of", TrainedShell.SmallTraining(text, shell["m.rnnlm"], epochs: 1000));
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains("The model is in", outcome.Error);
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_interruption_before_anything_is_learned_writes_nothing(bool isThere)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\na b c d\na b c d\n");
        if (isThere) shell.Write("m.rnnlm", "something good");
        var before = shell.Files.ToArray();
        var outcome = shell.Run("", new CancellationToken(canceled: true), TrainedShell.SmallTraining(text, shell["m.rnnlm"]));
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.StartsWith("Nothing was learned yet; ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, shell.Files);
        if (isThere) Assert.Equal("something good", File.ReadAllText(shell["m.rnnlm"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_time_limit_too_short_for_anything_to_be_learned_replaces_nothing(bool isThere)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("a b c d\n", 200)));
        if (isThere) shell.Write("m.rnnlm", "something good");
        var before = shell.Files.ToArray();
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"])[..^4], "--time-limit", "0.001s", "--learning-rate", "1e-6"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        var untouched = isThere ? $"\"{shell["m.rnnlm"]}\" is as it was" : "no model was written";
        Assert.EndsWith($"rnnlm: Nothing was learned within --time-limit; {untouched}.{Environment.NewLine}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, shell.Files);
        if (isThere) Assert.Equal("something good", File.ReadAllText(shell["m.rnnlm"]));
    }

    [Fact]
    public void A_training_that_diverges_fails_and_replaces_nothing()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("a b c d\n", 20)));
        shell.Write("m.rnnlm", "something good");
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"])[..^4], "--optimizer", "sgd", "--learning-rate", "1e300"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("diverged", outcome.Error);
        Assert.Contains("--learning-rate", outcome.Error);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("something good", File.ReadAllText(shell["m.rnnlm"]));
        foreach (var rescued in shell.Files.Except(["m.rnnlm", "text.txt"])) Assert.Contains($"is in \"{shell[rescued]}\"", outcome.Error);
    }

    [Fact]
    public void A_model_with_an_adaptive_softmax_is_trained_shown_and_used()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        Assert.Equal(0, shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), "--softmax", "adaptive", "--cutoffs", "4,6"]).Code);

        var info = shell.Run("info", shell["m.rnnlm"], "--json").Json.Single();
        Assert.Equal("adaptive", info.GetProperty("softmax").GetString());
        Assert.Equal([4, 6], info.GetProperty("cutoffs").EnumerateArray().Select(cutoff => cutoff.GetInt32()));
        Assert.Equal(4, info.GetProperty("divisionFactor").GetDouble());
        Assert.Contains("adaptive, cutoffs 4, 6, division factor 4", shell.Run("info", shell["m.rnnlm"]).Output);
        Assert.Equal("full", shell.Run("info", trained.Model, "--json").Json.Single().GetProperty("softmax").GetString());

        var next = shell.Run("predict", shell["m.rnnlm"], "the cat sat on", "-k", "1", "--json").Json.Single();
        Assert.Equal("the", next.GetProperty("next")[0].GetProperty("word").GetString());
        var perplexity = shell.Run("evaluate", shell["m.rnnlm"], text, "--json").Json.Single().GetProperty("perplexity").GetDouble();
        Assert.InRange(perplexity, 1, 2);

        var export = shell.Run("export", shell["m.rnnlm"], "--weights", shell["w.safetensors"], "--vocabulary", shell["v.txt"]);
        Assert.Equal(ExitCode.Misused, export.Code);
        Assert.Contains("adaptive softmax", export.Error);
    }

    [Theory]
    [InlineData(ExitCode.Misused, "--cutoffs goes with --softmax adaptive", "--cutoffs", "4,6")]
    [InlineData(ExitCode.Misused, "--cutoffs is 6, 4; it must be", "--softmax", "adaptive", "--cutoffs", "6,4")]
    [InlineData(ExitCode.Misused, "size of the vocabulary, 8", "--softmax", "adaptive", "--cutoffs", "4,600")]
    [InlineData(ExitCode.Misused, "--tied does not go with --softmax adaptive", "--softmax", "adaptive", "--tied")]
    [InlineData(ExitCode.Misused, "2000,10000", "--softmax", "adaptive", "--cutoffs", "4;6")]
    [InlineData(ExitCode.Misused, "--cutoffs", "--softmax", "adaptive", "--cutoffs")]
    [InlineData(ExitCode.Misused, "hierarchical", "--softmax", "hierarchical")]
    [InlineData(ExitCode.Misused, "hierarchical", "--softmax", "hierarchical", "--samples", "10")]
    public void A_softmax_that_cannot_be_is_named_and_nothing_is_written(int code, string reason, params string[] options)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), .. options]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(reason, outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void Every_option_out_of_range_is_named_at_once_and_nothing_is_written()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\n");
        var outcome = shell.Run("train", text, "--output", shell["m.rnnlm"], "--dropout", "1.5", "--layers", "0", "--clip", "-1");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        foreach (var option in (string[])["--dropout is 1.5", "--layers is 0", "--clip is -1"]) Assert.Contains(option, outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    public void Text_without_words_is_refused_and_nothing_is_written(string text)
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", shell.Write("text.txt", text), "--output", shell["m.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.NotEmpty(outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void An_output_in_a_folder_that_is_missing_is_refused_before_any_training()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\n");
        var outcome = shell.Run(TrainedShell.SmallTraining(text, shell["missing/m.rnnlm"]));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("there is no folder", outcome.Error);
        Assert.DoesNotContain("Epoch", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void An_output_that_is_a_folder_is_refused()
    {
        using var shell = new Shell();
        var outcome = shell.Run(TrainedShell.SmallTraining(shell.Write("text.txt", "a b c d\n"), shell.Folder));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("is a folder", outcome.Error);
    }

    [Fact]
    public void A_text_that_is_missing_is_named()
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", shell["nothing.txt"], "--output", shell["m.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("nothing.txt", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_file_and_line()
    {
        using var shell = new Shell();
        File.WriteAllBytes(shell["latin1.txt"], [.. "one line\ncaf"u8, 0xE9, (byte)'\n']);
        var outcome = shell.Run("train", shell["latin1.txt"], "--output", shell["m.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("latin1.txt", outcome.Error);
        Assert.Contains("UTF-8", outcome.Error);
        Assert.Contains("line 2", outcome.Error);
        Assert.Equal(["latin1.txt"], shell.Files);
    }

    [Fact]
    public void What_does_not_go_with_the_text_is_told_with_the_flag()
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", shell.Write("text.txt", "a b c d e f g h i j k\n"), "--output", shell["m.rnnlm"], "--batch", "100");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("--batch of at most 12", outcome.Error);
        Assert.DoesNotContain("BatchSize", outcome.Error);
    }

    [Theory]
    [InlineData("--samples", "10", "--samples goes with --softmax sampled")]
    [InlineData("--sampler", "unigram", "--sampler goes with --softmax sampled")]
    public void A_flag_of_another_choice_is_explained(string option, string value, string explanation)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\n");
        var outcome = shell.Run("train", text, "--output", shell["m.rnnlm"], option, value);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(explanation, outcome.Error + outcome.Output);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData("log-uniform", "log_uniform")]
    [InlineData("unigram", "unigram")]
    public void A_sampled_softmax_trains_a_model_that_says_how_it_was_trained(string sampler, string described)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("a b c d e f g h\n", 60)));
        var outcome = shell.Run([
            .. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), "--softmax", "sampled", "--samples", "5", "--sampler", sampler, "--json"]);
        Assert.Equal(0, outcome.Code);
        var options = outcome.Json[0].GetProperty("options");
        Assert.Equal("sampled", options.GetProperty("softmax").GetString());
        Assert.Equal("5", options.GetProperty("sample_count").GetString());
        Assert.Equal(described, options.GetProperty("sampler").GetString());
        var next = shell.Run("predict", shell["m.rnnlm"], "a b c", "-k", "1", "--json").Json.Single();
        Assert.Equal("d", next.GetProperty("next")[0].GetProperty("word").GetString());
    }

    [Theory]
    [InlineData("hello\n", "Give at least 20 words; of so few nothing is learned.")]
    [InlineData("a b c d e f g h i\nj\n", "Give at least 20 words, or a --batch of at most 12.")]
    [InlineData("a b c d e\n", "and --minimum-count is 7. Set --minimum-count to at most 1, or give more text.", "--minimum-count", "7")]
    [InlineData("\n\n", "2 lines were read and none has a word. Give text that has words.")]
    public void Text_that_is_too_short_is_refused_in_words_of_the_command_line(string text, string reason, params string[] options)
    {
        using var shell = new Shell();
        var outcome = shell.Run(["train", shell.Write("text.txt", text), "--output", shell["m.rnnlm"], .. options]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.EndsWith($"{reason}{Environment.NewLine}", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1 line of the text has the character U+FFFD in it,")]
    [InlineData(1234, "1,234 lines of the text have the character U+FFFD in them,")]
    public void Lines_that_were_damaged_before_they_are_learned_are_warned_of_once(int damaged, string warning)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("caf\u00E9 a b\n", 20)) + string.Concat(Enumerable.Repeat("caf\uFFFD \uFFFD b\n", damaged)));
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"], epochs: 1), "--json"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(warning.Length > 0 ? 1 : 0, outcome.Error.Split("U+FFFD").Length - 1);
        Assert.Contains(warning, outcome.Error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_to_the_last_bit()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat("a b c d e\n", 30)));
        string ScoreOfNewModel(string model)
        {
            Assert.Equal(0, shell.Run(TrainedShell.SmallTraining(text, shell[model], epochs: 2)).Code);
            return shell.RunWithInput("a b c d e\nb a\n", "score", shell[model], "--by-word", "--json").Output;
        }
        var score = ScoreOfNewModel("1.rnnlm");
        Assert.Contains("logProbability", score);
        Assert.Equal(score, ScoreOfNewModel("2.rnnlm"));
    }
}
