using System.Globalization;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class UseTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private Shell Shell => trained.Shell;

    [Fact]
    public void Evaluating_counts_every_word_and_an_end_of_line_after_each_line()
    {
        var text = Shell.Write("test.txt", "the cat sat on the mat .\n\nthe dog sat .\n");
        var metrics = Shell.Run("evaluate", trained.Model, text, "--json").Json.Single();
        Assert.Equal(14, metrics.GetProperty("words").GetInt64());
        Assert.Equal(1, metrics.GetProperty("unknown").GetInt64());
        var crossEntropy = metrics.GetProperty("crossEntropy").GetDouble();
        Assert.Equal(Math.Exp(crossEntropy), metrics.GetProperty("perplexity").GetDouble(), 1e-6 * Math.Exp(crossEntropy));
        Assert.Equal(crossEntropy / Math.Log(2), metrics.GetProperty("bitsPerWord").GetDouble(), 1e-9);
        Assert.InRange(metrics.GetProperty("accuracyAt1").GetDouble(), 0, metrics.GetProperty("accuracyAt3").GetDouble());
        Assert.InRange(metrics.GetProperty("accuracyAt5").GetDouble(), metrics.GetProperty("accuracyAt3").GetDouble(), 1);
        Assert.True(metrics.GetProperty("seconds").GetDouble() >= 0);
    }

    [Fact]
    public void Evaluating_prints_the_perplexity_for_a_reader_too()
    {
        var outcome = Shell.Run("evaluate", trained.Model, trained.Text);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("perplexity", outcome.Output);
        Assert.Contains("480", outcome.Output);
    }

    [Fact]
    public void Evaluating_lines_apart_is_another_measure_and_says_so()
    {
        var metrics = Shell.Run("evaluate", trained.Model, trained.Text, "--json").Json.Single();
        Assert.Equal("oneStream", metrics.GetProperty("context").GetString());
        var apart = Shell.Run("evaluate", trained.Model, trained.Text, "--lines-apart", "--json").Json.Single();
        Assert.Equal("linesApart", apart.GetProperty("context").GetString());
        Assert.NotEqual(metrics.GetProperty("perplexity").GetDouble(), apart.GetProperty("perplexity").GetDouble());
        var score = Shell.Run("score", trained.Model, Shell.Write("one.txt", TrainedShell.Sentence + "\n"), "--json").Json.Single();
        Assert.Equal(score.GetProperty("perplexity").GetDouble(), apart.GetProperty("perplexity").GetDouble(), 1e-4);

        Assert.Contains("measure        one stream", Shell.Run("evaluate", trained.Model, trained.Text).Output);
        Assert.Contains("measure        each line apart", Shell.Run("evaluate", trained.Model, trained.Text, "--lines-apart").Output);
    }

    [Theory]
    [InlineData(BatchMode.Streams, false, null)]
    [InlineData(BatchMode.Streams, true, "trained on streams")]
    [InlineData(BatchMode.Rows, false, "trained by rows")]
    [InlineData(BatchMode.Rows, true, null)]
    public void Evaluating_otherwise_than_in_training_names_the_flag_that_gives_the_other_measure(BatchMode mode, bool linesApart, string? remark)
    {
        var options = new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, Epochs = 1, BatchMode = mode, Threads = 1 };
        var model = Shell[$"{mode}.rnnlm"];
        new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, File.ReadLines(trained.Text)).Model.Save(model);
        var outcome = Shell.Run(["evaluate", model, trained.Text, .. linesApart ? ["--lines-apart"] : Array.Empty<string>()]);
        Assert.Equal(0, outcome.Code);
        if (remark is null) Assert.Empty(outcome.Error);
        else
        {
            Assert.Contains(remark, outcome.Error);
            Assert.Contains("--lines-apart", outcome.Error);
        }
    }

    [Fact]
    public void Evaluating_text_without_words_is_refused()
    {
        var outcome = Shell.Run("evaluate", trained.Model, Shell.Write("empty.txt", ""));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.NotEmpty(outcome.Error);
    }

    [Fact]
    public void Predicting_reads_prompts_from_standard_input_where_none_is_given()
    {
        var lines = Shell.RunWithInput("the cat\nthe cat sat\n", "predict", trained.Model, "-k", "2", "--json").Json;
        Assert.Equal(["the cat", "the cat sat"], lines.Select(line => line.GetProperty("prompt").GetString()));
        Assert.Equal(["sat", "on"], lines.Select(line => line.GetProperty("next")[0].GetProperty("word").GetString()));
        Assert.All(lines, line => Assert.Equal(2, line.GetProperty("next").GetArrayLength()));
        Assert.All(lines, line => Assert.InRange(line.GetProperty("next")[0].GetProperty("probability").GetDouble(), 0.5, 1));
    }

    [Fact]
    public void Predicting_never_gives_the_unknown_word()
    {
        var next = Shell.Run("predict", trained.Model, "zebra", "-k", "6", "--json").Json.Single().GetProperty("next");
        Assert.DoesNotContain("<unk>", next.EnumerateArray().Select(word => word.GetProperty("word").GetString()));
    }

    [Fact]
    public void Predicting_gives_the_end_of_the_line_only_when_asked_for()
    {
        Assert.DoesNotContain("<eos>", Words());
        Assert.Equal("<eos>", Words("--end-of-line")[0]);

        string[] Words(params string[] further)
            => [.. Shell.Run(["predict", trained.Model, TrainedShell.Sentence, "--json", .. further]).Json.Single()
                .GetProperty("next").EnumerateArray().Select(word => word.GetProperty("word").GetString()!)];
    }

    [Fact]
    public void Scoring_gives_each_line_a_log_probability_that_is_the_sum_of_its_words()
    {
        var line = Shell.RunWithInput("the cat sat\n", "score", trained.Model, "--by-word", "--json").Json.Single();
        var words = line.GetProperty("byWord").EnumerateArray().ToArray();
        Assert.Equal(["the", "cat", "sat", "<eos>"], words.Select(word => word.GetProperty("word").GetString()));
        Assert.Equal(words.Sum(word => word.GetProperty("logProbability").GetDouble()), line.GetProperty("logProbability").GetDouble(), 1e-6);
    }

    [Fact]
    public void Lines_of_a_file_have_the_scores_and_the_order_they_have_on_standard_input()
    {
        var lines = Enumerable.Range(0, 50).Select(i => string.Join(' ', TrainedShell.Sentence.Split(' ').Skip(i % 8).Take(i % 5))).Append("zebra").ToArray();
        var text = string.Concat(lines.Select(line => line + "\n"));
        var fromFile = Shell.Run("score", trained.Model, Shell.Write("hypotheses.txt", text), "--json").Json;
        var fromInput = Shell.RunWithInput(text, "score", trained.Model, "--json").Json;
        Assert.Equal(lines, fromFile.Select(line => line.GetProperty("text").GetString()));
        Assert.Equal(lines, fromInput.Select(line => line.GetProperty("text").GetString()));
        foreach (var (file, input) in fromFile.Zip(fromInput))
            Assert.Equal(input.GetProperty("logProbability").GetDouble(), file.GetProperty("logProbability").GetDouble(), 1e-4);
    }

    [Fact]
    public void A_sentence_of_the_text_scores_better_than_its_words_in_another_order()
    {
        var lines = Shell.RunWithInput($"{TrainedShell.Sentence}\nmat the . on sat cat the\n", "score", trained.Model, "--json").Json;
        Assert.True(lines[0].GetProperty("perplexity").GetDouble() < lines[1].GetProperty("perplexity").GetDouble());
    }

    [Fact]
    public void Generating_continues_the_prompt_with_the_most_probable_words_to_the_end_of_the_line()
        => Assert.Equal(TrainedShell.Sentence, Shell.Run("generate", trained.Model, "the cat").Output.TrimEnd());

    [Fact]
    public void Generating_without_a_prompt_begins_a_line()
        => Assert.StartsWith("the", Shell.Run("generate", trained.Model, "--words", "3").Output, StringComparison.Ordinal);

    [Fact]
    public void Generating_with_a_seed_repeats_itself()
    {
        string Generate(int seed) => Shell.Run("generate", trained.Model, "the", "--temperature", "5", "--seed", $"{seed}", "--words", "20").Output;
        Assert.Equal(Generate(7), Generate(7));
        Assert.True(Enumerable.Range(0, 10).Select(Generate).Distinct().Count() > 1);
    }

    [Fact]
    public void A_dash_stands_for_prompts_on_standard_input()
        => Assert.Equal("the cat", Shell.RunWithInput("the cat\n", "predict", trained.Model, "-", "--json").Json.Single().GetProperty("prompt").GetString());

    [Fact]
    public void Info_has_the_bytes_of_the_file_that_a_link_leads_to_and_one_layer_is_no_layers()
    {
        var link = File.CreateSymbolicLink(Shell["link.rnnlm"], trained.Model).FullName;
        Assert.Equal(new FileInfo(trained.Model).Length, Shell.Run("info", link, "--json").Json.Single().GetProperty("bytes").GetInt64());
        Assert.Contains("lstm, 1 layer, embedding", Shell.Run("info", link).Output);
    }

    [Fact]
    public void Info_shows_the_network_and_how_it_was_trained()
    {
        var info = Shell.Run("info", trained.Model, "--json").Json.Single();
        Assert.Equal("lstm", info.GetProperty("cell").GetString());
        Assert.Equal(16, info.GetProperty("hiddenSize").GetInt32());
        Assert.Equal(8, info.GetProperty("vocabularySize").GetInt32());
        Assert.Equal("whitespace", info.GetProperty("tokenizer").GetProperty("name").GetString());
        Assert.True(info.GetProperty("figures").GetProperty("validation_perplexity").GetDouble() >= 1);
        Assert.Contains("lstm", Shell.Run("info", trained.Model).Output);
    }

    [Fact]
    public void Quantizing_writes_a_smaller_file_that_every_command_takes()
    {
        var small = Shell["small.rnnlm"];
        var outcome = Shell.Run("quantize", trained.Model, small);
        Assert.Equal(0, outcome.Code);
        foreach (var file in new[] { trained.Model, small }) Assert.Contains($"{file}, {new FileInfo(file).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes", outcome.Output);
        Assert.True(new FileInfo(small).Length < new FileInfo(trained.Model).Length);

        Assert.Equal("float32", Shell.Run("info", trained.Model, "--json").Json.Single().GetProperty("precision").GetString());
        Assert.Equal("int8", Shell.Run("info", small, "--json").Json.Single().GetProperty("precision").GetString());
        Assert.Contains("8-bit", Shell.Run("info", small).Output);
        double Perplexity(string model) => Shell.Run("evaluate", model, trained.Text, "--json").Json.Single().GetProperty("perplexity").GetDouble();
        Assert.Equal(Perplexity(trained.Model), Perplexity(small), 0.02 * Perplexity(trained.Model));
        Assert.Equal(TrainedShell.Sentence, Shell.Run("generate", small, "the cat").Output.TrimEnd());
        Assert.Equal("sat", Shell.Run("predict", small, "the cat", "--json").Json.Single().GetProperty("next")[0].GetProperty("word").GetString());
        Assert.Equal(0, Shell.RunWithInput("the cat sat\n", "score", small).Code);
    }

    [Fact]
    public void Quantizing_what_is_quantized_copies_it_and_says_so()
    {
        Shell.Run("quantize", trained.Model, Shell["once.rnnlm"]);
        var outcome = Shell.Run("quantize", Shell["once.rnnlm"], Shell["twice.rnnlm"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("already", outcome.Error);
        Assert.Equal(File.ReadAllBytes(Shell["once.rnnlm"]), File.ReadAllBytes(Shell["twice.rnnlm"]));
    }

    [Fact]
    public void Quantizing_into_a_folder_that_is_not_there_is_refused()
    {
        var outcome = Shell.Run("quantize", trained.Model, Shell[Path.Combine("nowhere", "small.rnnlm")]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("nowhere", outcome.Error);
    }

    [Fact]
    public void A_model_file_that_is_cut_short_is_refused()
    {
        var bytes = File.ReadAllBytes(trained.Model);
        File.WriteAllBytes(Shell["short.rnnlm"], bytes[..(bytes.Length / 2)]);
        var outcome = Shell.Run("predict", Shell["short.rnnlm"], "the");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.StartsWith("rnnlm: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void A_model_file_that_is_missing_is_named()
    {
        var outcome = Shell.Run("info", Shell["nothing.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("nothing.rnnlm", outcome.Error);
    }

    [Fact]
    public void A_request_for_more_words_than_there_are_is_refused_before_any_prompt_is_read()
    {
        var outcome = Shell.RunWithInput("the\n", "predict", trained.Model, "-k", "9");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.Contains("-k is 9; it must be from 1 to 8", outcome.Error);
    }
}
