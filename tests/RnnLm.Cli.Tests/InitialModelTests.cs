using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary><c>rnnlm train --initial MODEL</c></summary>
public sealed class InitialModelTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const string NewSentence = "the cow sat on the mat .";

    private static readonly string[] Briefly = ["--epochs", "1", "--threads", "1", "--batch", "2"];

    private static string[] Output(Shell shell) => ["--output", shell["new.rnnlm"]];

    private static string NewText(Shell shell) => shell.Write("more.txt", string.Concat(Enumerable.Repeat(NewSentence + "\n", 60)));

    private Outcome Train(Shell shell, params string[] arguments) => shell.Run(["train", NewText(shell), "--initial", trained.Model, .. arguments]);

    [Fact]
    public void A_text_a_model_and_a_name_for_the_new_one_are_enough()
    {
        using var shell = new Shell();
        var outcome = Train(shell, [.. Output(shell), "--threads", "1", "--epochs", "2"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        var (before, after) = (LanguageModel.Load(trained.Model), LanguageModel.Load(shell["new.rnnlm"]));
        Assert.Equal(before.Shape, after.Shape);
        Assert.Equal(before.Vocabulary, after.Vocabulary);
        Assert.Equal("whitespace", after.Tokenizer.Name);
        Assert.Equal(before.ComputeChecksum(), after.Training.Options["initial_model"]);
    }

    [Fact]
    public void The_vocabulary_is_extended_where_that_is_asked_for_and_the_new_words_are_learned()
    {
        using var shell = new Shell();
        var outcome = Train(shell, [.. Output(shell), "--extend-vocabulary", "--threads", "1", "--batch", "2", "--epochs", "10", "--learning-rate", "0.02"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        var (before, after) = (LanguageModel.Load(trained.Model), LanguageModel.Load(shell["new.rnnlm"]));
        Assert.Equal([.. before.Vocabulary, "cow"], after.Vocabulary);
        Assert.Equal("cow", after.NextWord("the"));
    }

    [Theory]
    [InlineData("--minimum-count", "61")]
    [InlineData("--minimum-count", "60", "cow")]
    [InlineData("--vocabulary-size", "9", "cow")]
    public void Which_words_are_new_is_for_the_flags_of_the_vocabulary_to_say(string flag, string value, params string[] added)
    {
        using var shell = new Shell();
        var outcome = Train(shell, [.. Output(shell), .. Briefly, "--extend-vocabulary", flag, value]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal([.. LanguageModel.Load(trained.Model).Vocabulary, .. added], LanguageModel.Load(shell["new.rnnlm"]).Vocabulary);
    }

    [Theory]
    [InlineData(ExitCode.Misused, "--cell is gru; it must be lstm, as in the initial model", "--cell", "gru")]
    [InlineData(ExitCode.Misused, "--layers is 3; it must be 1, as in the initial model", "--layers", "3")]
    [InlineData(ExitCode.Misused, "--embedding is 32; it must be 16, as in the initial model", "--embedding", "32")]
    [InlineData(ExitCode.Misused, "--hidden is 200; it must be 16, as in the initial model", "--hidden", "200")]
    [InlineData(ExitCode.Misused, "--tied is true; it must be false, as in the initial model", "--tied")]
    [InlineData(ExitCode.Misused, "--softmax is adaptive; it must be full or sampled, as in the initial model", "--softmax", "adaptive")]
    [InlineData(ExitCode.Misused, "The tokenizer is characters, normalization nfc; that of the initial model is whitespace, normalization nfc. Leave --tokenizer out", "--tokenizer", "characters")]
    [InlineData(ExitCode.Misused, "The tokenizer is text", "--tokenizer", "text")]
    [InlineData(ExitCode.Misused, "The tokenizer is text", "--lower-case")]
    [InlineData(ExitCode.Misused, "--vocabulary-size is 8; it must be at least 9, since the vocabulary to extend has 8 words", "--extend-vocabulary", "--vocabulary-size", "8")]
    [InlineData(ExitCode.Misused, "--vocabulary-size goes with --extend-vocabulary", "--vocabulary-size", "100")]
    [InlineData(ExitCode.Misused, "--minimum-count goes with --extend-vocabulary", "--minimum-count", "2")]
    public void What_does_not_go_with_the_model_is_refused_by_its_flag_and_nothing_is_written(int code, string reason, params string[] added)
    {
        using var shell = new Shell();
        var outcome = Train(shell, [.. Output(shell), .. added]);
        Assert.Contains(reason, outcome.Error);
        Assert.Equal(code, outcome.Code);
        Assert.DoesNotContain("out of range", outcome.Error);
        Assert.Equal(["more.txt"], shell.Files);
    }

    [Theory]
    [InlineData("--cell", "lstm")]
    [InlineData("--layers", "1")]
    [InlineData("--hidden", "16")]
    [InlineData("--tokenizer", "whitespace")]
    [InlineData("--softmax", "sampled")]
    [InlineData("--minimum-count", "1")]
    public void A_flag_that_says_what_the_model_is_is_right(params string[] added)
    {
        using var shell = new Shell();
        var outcome = Train(shell, [.. Output(shell), .. Briefly, .. added]);
        Assert.True(outcome.Code == 0, outcome.Error);
    }

    [Fact]
    public void A_vocabulary_is_extended_only_where_there_is_one()
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", NewText(shell), "--extend-vocabulary", "--output", shell["new.rnnlm"]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--extend-vocabulary goes with --initial", outcome.Error);
    }

    [Fact]
    public void A_file_that_is_no_model_is_told_as_such()
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", NewText(shell), "--initial", trained.Text, "--output", shell["new.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("cannot be loaded", outcome.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_no_epoch_is_better_the_output_is_the_initial_model_and_a_file_that_is_both_stays_as_it_is(bool isOneFile)
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        var output = shell[isOneFile ? "m.rnnlm" : "new.rnnlm"];
        // What is learned is another text than the one that is validated on.
        string[] train = ["train", NewText(shell), "--initial", shell["m.rnnlm"], "--output", output, "--validation", trained.Text, "--learning-rate", "0.5", .. Briefly];
        var outcome = shell.Run([.. train, "--json"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal("initial", outcome.Json[1].GetProperty("event").GetString());
        Assert.Equal(isOneFile ? "kept" : "saved", outcome.Json[^1].GetProperty("event").GetString());
        Assert.Equal(0, outcome.Json[^1].GetProperty("best").GetProperty("epoch").GetInt32());

        outcome = shell.Run(train);
        Assert.Contains("The initial model: validation perplexity ", outcome.Error);
        Assert.Contains("No epoch was better than the initial model on the validation text.", outcome.Error);
        Assert.Contains(isOneFile ? $"\"{output}\" is as it was." : $"The model is in \"{output}\".", outcome.Error);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["m.rnnlm"]));
        var score = shell.RunWithInput("the cat sat\n", "score", trained.Model, "--by-word", "--json").Output;
        Assert.Equal(score, shell.RunWithInput("the cat sat\n", "score", output, "--by-word", "--json").Output);
    }

    [Fact]
    public void A_better_model_takes_the_place_of_the_one_it_came_from()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        var text = NewText(shell);
        var outcome = shell.Run(["train", text, "--initial", shell["m.rnnlm"], "-o", shell["m.rnnlm"], "--validation", text, .. Briefly]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains($"The model is in \"{shell["m.rnnlm"]}\".", outcome.Error);
        Assert.Equal(["m.rnnlm", "more.txt"], shell.Files);
        var training = LanguageModel.Load(shell["m.rnnlm"]).Training;
        Assert.Equal(LanguageModel.Load(trained.Model).ComputeChecksum(), training.Options["initial_model"]);
        Assert.True(training.Figures["validation_perplexity"] < training.Figures["initial_validation_perplexity"]);
    }

    [Fact]
    public void An_interruption_before_anything_is_learned_leaves_a_file_that_is_both_as_it_was()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        var text = NewText(shell);
        var outcome = shell.RunUntil("Training begins", ["train", text, "--initial", shell["m.rnnlm"], "-o", shell["m.rnnlm"], "--validation", text, .. Briefly]);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains($"Nothing was learned yet; \"{shell["m.rnnlm"]}\" is as it was.", outcome.Error);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["m.rnnlm"]));
    }

    [Fact]
    public void Training_that_diverges_leaves_a_file_that_is_both_as_it_was_and_nothing_beside_it()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        var text = NewText(shell);
        var outcome = shell.Run(["train", text, "--initial", shell["m.rnnlm"], "-o", shell["m.rnnlm"], "--validation", text, .. Briefly, "--optimizer", "sgd", "--learning-rate", "1e300"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("diverged", outcome.Error);
        Assert.Equal(["m.rnnlm", "more.txt"], shell.Files);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["m.rnnlm"]));
    }

    [Fact]
    public void With_checkpoints_a_file_that_is_both_is_refused_since_training_could_not_go_on_without_it()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        var outcome = shell.Run(["train", NewText(shell), "--initial", shell["m.rnnlm"], "-o", shell["m.rnnlm"], "--checkpoint", shell["c"], .. Briefly]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--initial and --output are one file", outcome.Error);
        Assert.Equal(["m.rnnlm", "more.txt"], shell.Files);
    }

    [Fact]
    public void Without_a_validation_text_a_file_that_is_both_is_refused_since_nothing_tells_which_model_is_better()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["m.rnnlm"]);
        File.CreateSymbolicLink(shell["link"], "m.rnnlm");
        foreach (var output in (string[])["m.rnnlm", "link"])
        {
            var outcome = shell.Run(["train", NewText(shell), "--initial", shell["m.rnnlm"], "-o", shell[output], .. Briefly]);
            Assert.Equal(ExitCode.Misused, outcome.Code);
            Assert.Contains("--initial and --output are one file, and without --validation", outcome.Error);
            Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["m.rnnlm"]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--extend-vocabulary")]
    [InlineData(false)]
    [InlineData(false, "--extend-vocabulary")]
    public void Training_that_was_interrupted_goes_on_with_its_checkpoints_alone_as_if_it_had_not_been(bool isBetter, params string[] options)
    {
        using var shell = new Shell();
        var text = NewText(shell);
        string[] train =
        [
            "train", text, "--initial", trained.Model, "--threads", "1", "--batch", "2", "--epochs", "3", "--validation", isBetter ? text : trained.Text,
            "--learning-rate", isBetter ? "0.01" : "0.5", .. options,
        ];
        Assert.Equal(0, shell.Run([.. train, "--output", shell["whole.rnnlm"]]).Code);

        var interrupted = shell.RunUntil("Epoch 2 of", [.. train, .. Output(shell), "--checkpoint", shell["c"], "--checkpoint-every", "3"]);
        Assert.Equal(ExitCode.Interrupted, interrupted.Code);
        AssertSaid(interrupted);
        var resumed = shell.Run("train", "--resume", shell["c"]);
        Assert.True(resumed.Code == 0, resumed.Error);
        AssertSaid(resumed);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["new.rnnlm"]);

        void AssertSaid(Outcome outcome)
        {
            Assert.Equal(!isBetter, outcome.Error.Contains("No epoch was better than the initial model on the validation text.", StringComparison.Ordinal));
            Assert.Contains($"The model is in \"{shell["new.rnnlm"]}\".", outcome.Error);
            var (model, initial) = (LanguageModel.Load(shell["new.rnnlm"]), LanguageModel.Load(trained.Model));
            Assert.Equal(initial.ComputeChecksum(), model.Training.Options["initial_model"]);
            Assert.Equal(isBetter, model.Training.Figures["best_epoch"] > 0);
        }
    }

    [Fact]
    public void Info_shows_the_checksum_and_where_a_model_came_from()
    {
        using var shell = new Shell();
        Assert.Equal(0, Train(shell, [.. Output(shell), .. Briefly]).Code);
        var (old, info) = (shell.Run("info", trained.Model, "--json").Json.Single(), shell.Run("info", shell["new.rnnlm"], "--json").Json.Single());
        Assert.Equal(old.GetProperty("checksum").GetString(), info.GetProperty("options").GetProperty("initial_model").GetString());
        Assert.Contains(old.GetProperty("checksum").GetString()!, File.ReadAllText(trained.Model));
        var text = shell.Run("info", shell["new.rnnlm"]).Output;
        Assert.Matches("checksum +[0-9a-f]{8}", text);
        Assert.Matches($"  initial model +{old.GetProperty("checksum").GetString()}", text);
        Assert.Matches("  continuations +1", text);
        Assert.Matches("  initial model's learning rate +0.02", text);
    }

    [Fact]
    public void A_model_of_8_bits_is_gone_on_with_and_that_is_said()
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run("quantize", trained.Model, shell["small.rnnlm"]).Code);
        var outcome = shell.Run(["train", NewText(shell), "--initial", shell["small.rnnlm"], .. Output(shell), .. Briefly]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("is of 8-bit weights; training goes on from what they stand for", outcome.Error);
        Assert.Equal("float32", shell.Run("info", shell["new.rnnlm"], "--json").Json.Single().GetProperty("precision").GetString());
    }

    [Fact]
    public void A_model_that_came_from_PyTorch_is_gone_on_with()
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run("export", trained.Model, "--weights", shell["w.safetensors"], "--vocabulary", shell["v.txt"]).Code);
        Assert.Equal(0, shell.Run("import", shell["w.safetensors"], shell["v.txt"], "--output", shell["imported.rnnlm"]).Code);
        var outcome = shell.Run(["train", NewText(shell), "--initial", shell["imported.rnnlm"], .. Output(shell), .. Briefly, "--extend-vocabulary"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.True(LanguageModel.Load(shell["new.rnnlm"]).Vocabulary.Contains("cow"));
    }
}
