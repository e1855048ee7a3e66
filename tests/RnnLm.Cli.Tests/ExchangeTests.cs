using System.IO.Compression;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class ExchangeTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private static readonly string Pipeline = Path.Combine(AppContext.BaseDirectory, "next-word.zip");
    private static readonly string StateDict = Path.Combine(AppContext.BaseDirectory, "state-dict.pt");

    /// <summary>A shell with the trained model's weights and vocabulary in it.</summary>
    private Shell Exported()
    {
        var shell = new Shell();
        Assert.Equal(0, shell.Run("export", trained.Model, "--weights", shell["w.safetensors"], "--vocabulary", shell["v.txt"]).Code);
        return shell;
    }

    private static Outcome Import(Shell shell, params string[] options)
        => shell.Run(["import", shell["w.safetensors"], shell["v.txt"], "--output", shell["m.rnnlm"], .. options]);

    [Fact]
    public void A_model_exported_and_imported_scores_text_as_before()
    {
        using var shell = Exported();
        Assert.Equal(["v.txt", "w.safetensors"], shell.Files);
        Assert.Equal(0, Import(shell).Code);
        string Score(string model) => shell.RunWithInput("the cat sat on the mat .\nthe dog\n", "score", model, "--by-word", "--json").Output;
        Assert.Contains("logProbability", Score(trained.Model));
        Assert.Equal(Score(trained.Model), Score(shell["m.rnnlm"]));
    }

    [Fact]
    public void A_projected_network_is_trained_shown_quantised_used_and_exchanged_and_one_of_coupled_gates_is_not_exchanged()
    {
        using var shell = new Shell();
        File.WriteAllLines(shell["t.txt"], [.. Enumerable.Repeat("the cat sat on the mat .", 30)]);
        foreach (var cell in (string[])["lstm", "cifg"])
        {
            Assert.Equal(0, shell.Run(
                "train", shell["t.txt"], "--output", shell["m.rnnlm"], "--tokenizer", "whitespace", "--layers", "1", "--cell", cell, "--hidden", "24", "--projection", "8",
                "--embedding", "8", "--tied", "--forget-bias", "0.5", "--batch", "2", "--window", "5", "--epochs", "4", "--learning-rate", "0.02", "--threads", "1").Code);
            Assert.Contains($"{cell}, 1 layer, embedding 8, hidden 24 projected to 8, tied", shell.Run("info", shell["m.rnnlm"]).Output);
            var info = shell.Run("info", shell["m.rnnlm"], "--json").Json.Single();
            Assert.Equal(8, info.GetProperty("projectionSize").GetInt32());
            Assert.Equal("0.5", info.GetProperty("options").GetProperty("forget_bias").GetString());
            string Predict(string model) => shell.Run("predict", model, "the cat sat on", "-k", "1", "--json").Json.Single().GetProperty("next")[0].GetProperty("word").GetString()!;
            Assert.Equal("the", Predict(shell["m.rnnlm"]));
            Assert.Equal(0, shell.Run("quantize", shell["m.rnnlm"], shell["q.rnnlm"]).Code);
            Assert.Equal("the", Predict(shell["q.rnnlm"]));

            var exported = shell.Run("export", shell["m.rnnlm"], "--weights", shell["w.safetensors"], "--vocabulary", shell["v.txt"]);
            Assert.Equal(cell == "lstm" ? 0 : ExitCode.Misused, exported.Code);
            if (cell != "lstm") Assert.Contains("its cells are cifg, and PyTorch has elman, relu, lstm, gru", exported.Error);
        }
        Assert.Equal(0, shell.Run("import", shell["w.safetensors"], shell["v.txt"], "--output", shell["i.rnnlm"]).Code);
        Assert.Equal(8, shell.Run("info", shell["i.rnnlm"], "--json").Json.Single().GetProperty("projectionSize").GetInt32());
        var refused = shell.Run("import", shell["w.safetensors"], shell["v.txt"], "--output", shell["i.rnnlm"], "--cell", "cifg");
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("--cell is \"cifg\"; it must be one of elman, relu, lstm, gru.", refused.Error);
    }

    [LinuxFact]
    public void Weights_and_vocabulary_come_from_pipes_too()
    {
        using var shell = Exported();
        foreach (var name in (string[])["w.safetensors", "v.txt"])
        {
            var bytes = File.ReadAllBytes(shell[name]);
            File.Delete(shell[name]);
            using var pipe = System.Diagnostics.Process.Start("mkfifo", shell[name]);
            pipe.WaitForExit();
            _ = Task.Run(() => File.WriteAllBytes(shell[name], bytes));
        }
        Assert.Equal(0, Import(shell).Code);
        Assert.Equal("the", shell.Run("predict", shell["m.rnnlm"], "the cat sat on", "-k", "1", "--json").Json.Single().GetProperty("next")[0].GetProperty("word").GetString());
    }

    [Fact]
    public void The_vocabulary_has_a_word_a_line_in_the_order_of_the_ids()
    {
        using var shell = Exported();
        var words = File.ReadAllLines(shell["v.txt"]);
        Assert.Equal(["<unk>", "<eos>", "the"], words[..3]);
        Assert.Equal(8, words.Length);
    }

    [Fact]
    public void What_the_files_do_not_say_is_an_option()
    {
        using var shell = Exported();
        File.WriteAllText(shell["v.txt"], File.ReadAllText(shell["v.txt"]).Replace("<unk>", "UNK").Replace("<eos>", "</s>"));
        var refused = Import(shell);
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("<unk>", refused.Error);
        Assert.Contains("<eos>", refused.Error);
        Assert.Equal(["v.txt", "w.safetensors"], shell.Files);

        Assert.Equal(0, Import(shell, "--unknown-word", "UNK", "--end-of-line-word", "</s>", "--tokenizer", "text", "--lower-case").Code);
        var tokenizer = shell.Run("info", shell["m.rnnlm"], "--json").Json.Single().GetProperty("tokenizer");
        Assert.Equal("text", tokenizer.GetProperty("name").GetString());
        Assert.Equal("true", tokenizer.GetProperty("lowerCase").GetString());
        Assert.Contains("unknown UNK, end of line </s>", shell.Run("info", shell["m.rnnlm"]).Output);
    }

    [Fact]
    public void Lower_case_goes_with_the_tokenizer_for_running_text()
    {
        using var shell = Exported();
        var outcome = Import(shell, "--lower-case");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--tokenizer text", outcome.Error);
    }

    [Fact]
    public void The_cell_is_given_where_the_weights_do_not_show_it()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c d\na b c d\na b c d\n");
        Assert.Equal(0, shell.Run([.. TrainedShell.SmallTraining(text, shell["relu.rnnlm"], epochs: 1), "--cell", "relu"]).Code);
        Assert.Equal(0, shell.Run("export", shell["relu.rnnlm"], "--weights", shell["w.safetensors"], "--vocabulary", shell["v.txt"]).Code);
        var refused = Import(shell);
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("Elman", refused.Error);
        Assert.Equal(0, Import(shell, "--cell", "relu").Code);
        Assert.Equal("relu", shell.Run("info", shell["m.rnnlm"], "--json").Json.Single().GetProperty("cell").GetString());
    }

    [Fact]
    public void Everything_that_does_not_go_together_is_named_at_once_and_nothing_is_written()
    {
        using var shell = Exported();
        File.AppendAllText(shell["v.txt"], "the\n\n");
        var outcome = Import(shell, "--cell", "gru");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        foreach (var reason in (string[])["10 words", "\"the\" occurs twice", "Line 10", "Gru"]) Assert.Contains(reason, outcome.Error);
        Assert.Equal(["v.txt", "w.safetensors"], shell.Files);
    }

    [Theory]
    [InlineData("v.txt", 1, ExitCode.Misused, "The vocabulary has 7 words and the weights are for 8.")]
    [InlineData("v.txt", -1, ExitCode.Misused, "The vocabulary has 9 words and the weights are for 8.")]
    [InlineData("w.safetensors", 1, ExitCode.Failed, "cut short")]
    [InlineData("w.safetensors", -1, ExitCode.Failed, "has been altered")]
    public void A_file_that_is_whole_and_does_not_go_with_the_other_is_a_mistake_of_the_command_line_and_a_damaged_one_is_none(string name, int less, int code, string reason)
    {
        using var shell = Exported();
        if (name == "v.txt") File.WriteAllLines(shell[name], less > 0 ? File.ReadLines(shell[name]).SkipLast(1).ToList() : [.. File.ReadLines(shell[name]), "more"]);
        else File.WriteAllBytes(shell[name], less > 0 ? File.ReadAllBytes(shell[name])[..^1] : [.. File.ReadAllBytes(shell[name]), 0]);
        var outcome = Import(shell);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["v.txt", "w.safetensors"], shell.Files);
    }

    [Fact]
    public void A_pipeline_is_read_with_the_separators_of_every_system()
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run("extract", Pipeline, shell["m.rnnlm"]).Code);
        using (var saved = ZipFile.OpenRead(Pipeline))
        using (var changed = ZipFile.Open(shell["p.zip"], ZipArchiveMode.Create))
            foreach (var folder in (string[])["First", "Second"])
                foreach (var entry in saved.Entries)
                {
                    using var from = entry.Open();
                    using var to = changed.CreateEntry($"{folder}\\{entry.FullName.Replace('/', '\\')}").Open();
                    from.CopyTo(to);
                }
        Assert.Equal(ExitCode.Misused, shell.Run("extract", shell["p.zip"], shell["n.rnnlm"]).Code);
        var outcome = shell.Run("extract", shell["p.zip"], shell["n.rnnlm"], "--index", "1");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal(File.ReadAllBytes(shell["m.rnnlm"]), File.ReadAllBytes(shell["n.rnnlm"]));
    }

    [Theory]
    [InlineData("import", "w.safetensors", "v.txt")]
    [InlineData("import", "w.safetensors", "--output", "m.rnnlm")]
    [InlineData("export", "m.rnnlm", "--weights", "w.safetensors")]
    [InlineData("export", "m.rnnlm", "--vocabulary", "v.txt")]
    [InlineData("export", "m.rnnlm", "--onnx")]
    public void A_file_that_is_not_named_is_asked_for(params string[] arguments)
    {
        using var shell = new Shell();
        Assert.Equal(ExitCode.Misused, shell.Run(arguments).Code);
        Assert.Empty(shell.Files);
    }

    [Fact]
    public void An_export_to_a_folder_that_is_missing_leaves_nothing()
    {
        using var shell = new Shell();
        var outcome = shell.Run("export", trained.Model, "--weights", shell["missing/w.safetensors"], "--vocabulary", shell["v.txt"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("missing", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [Fact]
    public void A_model_is_written_as_one_onnx_file()
    {
        using var shell = new Shell();
        var outcome = shell.Run("export", trained.Model, "--onnx", shell["m.onnx"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Output));
        Assert.Contains("m.onnx", outcome.Error);
        Assert.Equal(["m.onnx"], shell.Files);
        Assert.Contains("log_probabilities", File.ReadAllText(shell["m.onnx"]));
        Assert.Equal(0, shell.Run("export", trained.Model, "--onnx", shell["n.onnx"], "--next-words", "3").Code);
        Assert.Contains("next_words", File.ReadAllText(shell["n.onnx"]));
    }

    [Theory]
    [InlineData("--next-words goes with --onnx", "--weights", "w", "--vocabulary", "v", "--next-words", "3")]
    [InlineData("--plain goes with --onnx", "--weights", "w", "--vocabulary", "v", "--plain")]
    [InlineData("--weights and --vocabulary do not go with it", "--weights", "w", "--vocabulary", "v", "--onnx", "m")]
    [InlineData("--weights and --vocabulary do not go with it", "--weights", "w", "--onnx", "m")]
    [InlineData("--weights and --vocabulary are missing. An ONNX file is written with --onnx")]
    [InlineData("--next-words is 7; it must be from 1 to 6", "--onnx", "m", "--next-words", "7")]
    public void What_does_not_go_together_in_an_export_is_a_usage_error(string reason, params string[] options)
    {
        using var shell = new Shell();
        var outcome = shell.Run(["export", trained.Model, .. options.Select(option => option.Length == 1 && !char.IsDigit(option[0]) ? shell[option] : option)]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(reason, outcome.Error);
        Assert.Empty(shell.Files);
    }

    [Fact]
    public void A_model_with_a_cache_is_written_as_onnx_without_it_alone()
    {
        using var shell = new Shell();
        LanguageModel.Load(trained.Model).With(new NeuralCache()).Save(shell["cached.rnnlm"]);
        var refused = shell.Run("export", shell["cached.rnnlm"], "--onnx", shell["m.onnx"]);
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("with --plain the network is written without them", refused.Error);
        Assert.Equal(["cached.rnnlm"], shell.Files);
        Assert.Equal(0, shell.Run("export", shell["cached.rnnlm"], "--onnx", shell["m.onnx"], "--plain").Code);
        Assert.Equal(0, shell.Run("export", trained.Model, "--onnx", shell["plain.onnx"]).Code);
        Assert.Equal(File.ReadAllBytes(shell["plain.onnx"]), File.ReadAllBytes(shell["m.onnx"]));
    }

    [Fact]
    public void The_model_of_a_saved_pipeline_is_taken_out_of_it()
    {
        using var shell = new Shell();
        var outcome = shell.Run("extract", Pipeline, shell["m.rnnlm"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Output));
        Assert.Equal(["m.rnnlm"], shell.Files);
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
        Assert.Equal(0, shell.Run("extract", Pipeline, shell["n.rnnlm"], "--column", "NextWord").Code);
        Assert.Equal(File.ReadAllBytes(shell["m.rnnlm"]), File.ReadAllBytes(shell["n.rnnlm"]));
    }

    [Fact]
    public void What_cannot_be_taken_out_of_a_file_is_said_and_nothing_is_written()
    {
        using var shell = new Shell();
        foreach (var (pipeline, reason) in ((string, string)[])[(trained.Model, "It is no pipeline that ML.NET saved"), (StateDict, "There is none in it")])
        {
            var outcome = shell.Run("extract", pipeline, shell["m.rnnlm"]);
            Assert.Equal(ExitCode.Failed, outcome.Code);
            Assert.Contains(reason, outcome.Error);
            Assert.Empty(shell.Files);
        }
    }

    [Theory]
    [InlineData("evaluate", "text.txt")]
    [InlineData("predict", "a b")]
    [InlineData("score", "text.txt")]
    [InlineData("generate")]
    [InlineData("info")]
    [InlineData("quantize", "m.rnnlm")]
    [InlineData("export", "--weights", "w.safetensors", "--vocabulary", "v.txt")]
    [InlineData("export", "--onnx", "m.onnx")]
    public void Every_command_that_is_given_a_pipeline_for_a_model_says_what_takes_the_model_out_of_it(string verb, params string[] rest)
    {
        using var shell = new Shell();
        shell.Write("text.txt", "a b\n");
        var outcome = shell.Run([verb, Pipeline, .. rest.Select(argument => argument.Contains('.') ? shell[argument] : argument)]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("rnnlm extract", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void Weights_that_torch_save_wrote_are_read_where_that_is_allowed()
    {
        using var shell = new Shell();
        var words = shell.Write("v.txt", "<unk>\n<eos>\na\nb\nc\nd\n");
        var refused = shell.Run("import", StateDict, words, "--output", shell["m.rnnlm"]);
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("With --allow-pickle the tensors", refused.Error);
        Assert.Equal(0, shell.Run("import", StateDict, words, "--output", shell["m.rnnlm"], "--allow-pickle").Code);
        Assert.Equal("lstm", shell.Run("info", shell["m.rnnlm"], "--json").Json.Single().GetProperty("cell").GetString());
    }

    [Theory]
    [InlineData]
    [InlineData("--allow-pickle")]
    public void An_import_of_what_is_no_state_dict_says_what_it_is(params string[] options)
    {
        using var shell = new Shell();
        var words = shell.Write("v.txt", "<unk>\n<eos>\na\n");
        foreach (var (weights, reason) in ((string, string)[])[(Pipeline, "rnnlm extract"), (trained.Model, "a model file already")])
        {
            var outcome = shell.Run(["import", weights, words, "--output", shell["m.rnnlm"], .. options]);
            Assert.Equal(ExitCode.Misused, outcome.Code);
            Assert.Contains(reason, outcome.Error);
            Assert.Equal(["v.txt"], shell.Files);
        }
    }

    [Theory]
    [InlineData("--unknown-word is empty", "--unknown-word", "")]
    [InlineData("--end-of-line-word is empty", "--end-of-line-word", "")]
    [InlineData("--unknown-word and --end-of-line-word are both \"<eos>\"", "--unknown-word", "<eos>")]
    public void Special_words_that_cannot_be_are_mistakes_of_the_command_line(string reason, params string[] options)
    {
        using var shell = Exported();
        var outcome = Import(shell, options);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(reason, outcome.Error);
        Assert.Equal(["v.txt", "w.safetensors"], shell.Files);
    }

    [Fact]
    public void An_unknown_word_is_added_where_that_is_asked_for()
    {
        using var shell = new Shell();
        var words = shell.Write("v.txt", "x\n<eos>\na\nb\nc\nd\n");
        var refused = shell.Run("import", StateDict, words, "--output", shell["m.rnnlm"], "--allow-pickle");
        Assert.Equal(ExitCode.Misused, refused.Code);
        Assert.Contains("have it added by --add-unknown-word", refused.Error);
        Assert.Equal(0, shell.Run("import", StateDict, words, "--output", shell["m.rnnlm"], "--allow-pickle", "--add-unknown-word").Code);
        Assert.Equal(7, shell.Run("info", shell["m.rnnlm"], "--json").Json.Single().GetProperty("vocabularySize").GetInt32());
    }
}
