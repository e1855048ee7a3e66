using System.Text.Json;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>What a model is found to predict better with, and how it is measured with it.</summary>
public sealed class TuneTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const string Other = "the mat sat on the cat .\n\n. cat the\n";

    private Shell Shell => trained.Shell;

    [Fact]
    public void Tuning_writes_a_model_that_is_evaluated_with_all_that_was_found()
    {
        var (text, model, nGram) = (Text(), Shell["tuned.rnnlm"], Shell["own.ngram"]);
        Assert.Equal(0, Shell.Run("ngram", trained.Text, "--vocabulary-of", trained.Model, "--order", "2", "--output", nGram).Code);
        var lines = Shell.Run("tune", trained.Model, "--validation", text, "--ngram", nGram, "--output", model, "--json").Json;
        Assert.All(lines[..^1], line => Assert.Equal("trial", line.GetProperty("event").GetString()));
        var saved = lines[^1];
        Assert.Equal("saved", saved.GetProperty("event").GetString());
        Assert.True(saved.GetProperty("isComplete").GetBoolean());
        var figures = saved.GetProperty("perplexities").EnumerateObject().ToDictionary(kind => kind.Name, kind => kind.Value.GetDouble());
        Assert.Equal(["cache", "cacheAndNGram", "dynamic", "nGram", "network", "together"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(figures.Values.Min(), figures[saved.GetProperty("best").GetString()!]);
        Assert.True(figures.Values.Min() < 0.9 * figures["network"]);

        Assert.Equal(figures.Values.Min(), Perplexity(model, text), 1e-3 * figures.Values.Min());
        // Alone, the network is what it was.
        Assert.Equal(Perplexity(trained.Model, text), Perplexity(model, text, "--plain"));
        Assert.Equal(Perplexity(trained.Model, text), figures["network"], 1e-6 * figures["network"]);
    }

    [Fact]
    public void Tuning_tells_a_reader_what_each_alone_and_all_together_reached()
    {
        var (text, model) = (Text(), Shell["told.rnnlm"]);
        var outcome = Shell.Run("tune", trained.Model, "--validation", text, "--output", model, "--words", "200");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("words          200 of the validation text", outcome.Output);
        foreach (var row in new[] { "network  ", "with cache  ", "dynamic  ", "together  " }) Assert.Contains(row, outcome.Output);
        Assert.Single(outcome.Lines, line => line.EndsWith("(stored)", StringComparison.Ordinal));
        Assert.Contains("(best) with cache of", outcome.Error);
        Assert.Contains("The model is in", outcome.Error);
    }

    [Fact]
    public void What_is_left_out_is_not_stored()
    {
        var (text, model, nGram) = (Text(), Shell["less.rnnlm"], Shell["less.ngram"]);
        Assert.Equal(0, Shell.Run("ngram", trained.Text, "--vocabulary-of", trained.Model, "--order", "2", "--output", nGram).Code);
        var saved = Shell.Run("tune", trained.Model, "--validation", text, "--output", model, "--no-cache", "--no-dynamic", "--ngram", nGram, "--json").Json[^1];
        Assert.Equal(["network", "nGram"], saved.GetProperty("perplexities").EnumerateObject().Select(kind => kind.Name));
        Assert.Equal(JsonValueKind.Null, saved.GetProperty("cache").ValueKind);
        Assert.Contains("weight", Assert.Single(Additions(Shell.Run("evaluate", model, text, "--json").Json.Single())));
    }

    [Fact]
    public void Interrupted_tuning_keeps_the_best_and_says_so()
    {
        var model = Shell["interrupted.rnnlm"];
        var outcome = Shell.RunUntil("dynamic:", "tune", trained.Model, "--validation", Text(), "--output", model);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains("ended early", outcome.Output);
        Assert.NotEmpty(Additions(Shell.Run("evaluate", model, Text(), "--json").Json.Single()));

        using var source = new CancellationTokenSource();
        source.Cancel();
        var nothing = Shell.Run("", source.Token, "tune", trained.Model, "--validation", Text(), "--output", Shell["nothing.rnnlm"]);
        Assert.Equal(ExitCode.Interrupted, nothing.Code);
        Assert.False(File.Exists(Shell["nothing.rnnlm"]));
    }

    [Fact]
    public void Evaluating_takes_a_cache_and_dynamic_evaluation_of_the_usual_settings_where_none_is_stored()
    {
        var text = Text();
        var plain = Perplexity(trained.Model, text);
        var metrics = new[] { new[] { "--cache" }, ["--dynamic"], ["--cache", "--dynamic"] }
            .Select(flags => Shell.Run(["evaluate", trained.Model, text, "--json", .. flags]).Json.Single()).ToList();
        Assert.Equal([1, 1, 2], metrics.Select(figures => Additions(figures).Count));
        Assert.Equal(4, metrics.Select(figures => figures.GetProperty("perplexity").GetDouble()).Append(plain).Distinct().Count());
        Assert.All(metrics, figures => Assert.Equal(metrics[0].GetProperty("words").GetInt64(), figures.GetProperty("words").GetInt64()));
        Assert.Contains("cache of 2,000 words", Additions(metrics[0])[0]);
        Assert.Contains("dynamic evaluation, rate", Additions(metrics[1])[0]);
        Assert.Empty(Additions(Shell.Run("evaluate", trained.Model, text, "--json").Json.Single()));
        Assert.Contains("with           cache of 2,000 words", Shell.Run("evaluate", trained.Model, text, "--cache").Output);
    }

    [Fact]
    public void Evaluating_takes_what_is_stored_before_what_is_usual()
    {
        var (text, model) = (Text(), Shell["stored.rnnlm"]);
        LanguageModel.Load(trained.Model).With(new NeuralCache { Size = 77 }).With(new DynamicEvaluation { Window = 9 }).Save(model);
        foreach (var flags in new string[][] { [], ["--cache"], ["--dynamic"], ["--plain", "--cache", "--dynamic"] })
        {
            var additions = Additions(Shell.Run(["evaluate", model, text, "--json", .. flags]).Json.Single());
            Assert.Equal(2, additions.Count);
            Assert.Contains("77", additions[0]);
            Assert.Contains("windows of 9", additions[1]);
        }
        Assert.Equal(9, Shell.Run("info", model, "--json").Json.Single().GetProperty("dynamic").GetProperty("window").GetInt32());
        Assert.Contains("dynamic        dynamic evaluation, rate 0.5", Shell.Run("info", model).Output);
        Assert.Single(Additions(Shell.Run("evaluate", model, text, "--json", "--plain", "--cache").Json.Single()));
        var apart = Shell.Run("evaluate", model, text, "--lines-apart", "--json");
        Assert.Single(Additions(apart.Json.Single()));
        Assert.Contains("it is left out", apart.Error);
    }

    [Theory]
    [InlineData("--validation is missing", "tune MODEL --output OUT")]
    [InlineData("--words is 0", "tune MODEL --output OUT --validation TEXT --words 0")]
    [InlineData("--time is \"10\"", "tune MODEL --output OUT --validation TEXT --time 10")]
    [InlineData("--no-dynamic leaves out", "tune MODEL --output OUT --validation TEXT --gradients TEXT --no-dynamic")]
    [InlineData("nothing to tune", "tune MODEL --output OUT --validation TEXT --no-cache --no-dynamic")]
    [InlineData("is an ensemble", "tune ENSEMBLE --output OUT --validation TEXT --gradients TEXT")]
    [InlineData("one file", "tune MODEL --output MODEL --validation TEXT")]
    [InlineData("--lines-apart keeps apart", "evaluate MODEL TEXT --lines-apart --dynamic")]
    public void What_makes_no_sense_is_refused_before_anything_is_done(string complaint, string command)
    {
        var outcome = Shell.Run(Arguments(command));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(complaint, outcome.Error);
        Assert.False(File.Exists(Shell["out.rnnlm"]));
    }

    [Fact]
    public void What_is_no_n_gram_model_or_one_of_other_words_is_refused()
    {
        var outcome = Shell.Run(Arguments($"tune MODEL --output OUT --validation TEXT --ngram {trained.Model}"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("no n-gram model", outcome.Error);
        var nGram = Shell["other.ngram"];
        Assert.Equal(0, Shell.Run("ngram", Shell.Write("words.txt", "a b c\n"), "--output", nGram, "--order", "2").Code);
        outcome = Shell.Run(Arguments($"tune MODEL --output OUT --validation TEXT --ngram {nGram}"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("other words", outcome.Error);
        Assert.DoesNotContain("perplexity", outcome.Error);
        outcome = Shell.Run("evaluate", nGram, Text(), "--cache");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("is an n-gram model", outcome.Error);
        Assert.False(File.Exists(Shell["out.rnnlm"]));
    }

    [Fact]
    public void A_network_with_an_adaptive_softmax_is_tuned_without_dynamic_evaluation()
    {
        var (model, output) = (Shell["adaptive.rnnlm"], Shell["adaptive-tuned.rnnlm"]);
        var options = new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, Epochs = 1, Threads = 1, Softmax = new AdaptiveSoftmax { Cutoffs = [3] } };
        new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, File.ReadLines(trained.Text)).Model.Save(model);
        var outcome = Shell.Run("tune", model, "--validation", Text(), "--output", output);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("dynamic evaluation is left out", outcome.Error);
        outcome = Shell.Run("evaluate", model, Text(), "--dynamic");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("adaptive softmax", outcome.Error);
    }

    [Fact]
    public void Dynamic_evaluation_that_diverges_is_a_fault_in_a_line_and_no_figure()
    {
        var model = Shell["diverging.rnnlm"];
        foreach (var rate in new[] { 1e6, 1e300 })
        {
            LanguageModel.Load(trained.Model).With(new DynamicEvaluation { LearningRate = rate }).Save(model);
            foreach (var flags in new string[][] { [], ["--json"] })
            {
                var outcome = Shell.Run(["evaluate", model, Text(), .. flags]);
                Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
                Assert.Contains($"diverges at the learning rate {rate:G4}: choose a lower one, as ModelTuner and rnnlm tune do.", outcome.Error);
            }
        }
        Assert.Equal(0, Shell.Run("evaluate", model, Text(), "--plain").Code);
    }

    [Fact]
    public void Dynamic_evaluation_for_which_there_is_no_time_is_left_out_and_that_is_said()
    {
        var outcome = Shell.Run("tune", trained.Model, "--validation", Text(), "--output", Shell["late.rnnlm"], "--time", "0.001s");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("no trial of it was finished", outcome.Error);
    }

    [Fact]
    public void An_ensemble_without_what_its_members_have_is_its_networks_alone()
    {
        var (text, model, path) = (Text(), LanguageModel.Load(trained.Model), Shell["members.rnnlm"]);
        var nGram = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, [Other], new NGramOptions { Order = 2 });
        LanguageModel[] members = [model.With(new NeuralCache { Size = 5 }), model.With(new NeuralCache { Size = 7 }).With(new NGramInterpolation { Model = nGram, Weight = 0.25 })];
        LanguageModel.Ensemble(members, [1, 3]).With(new NGramInterpolation { Model = nGram, Weight = 0.5 }).With(new DynamicEvaluation()).Save(path);

        var plain = Shell.Run("evaluate", path, text, "--json", "--plain").Json.Single();
        Assert.Empty(Additions(plain));
        Assert.Equal(Perplexity(trained.Model, text), plain.GetProperty("perplexity").GetDouble(), 1e-3);
        var whole = Additions(Shell.Run("evaluate", path, text, "--json").Json.Single());
        Assert.Equal(5, whole.Count);
        Assert.Contains("weight 0.25 in a member", whole[3]);
        var cached = Additions(Shell.Run("evaluate", path, text, "--json", "--plain", "--cache").Json.Single());
        Assert.Equal(["5", "7"], cached.Select(cache => cache.Split(' ')[2]));
        Assert.Contains("stay as they are", Shell.Run("tune", path, "--validation", text, "--output", Shell["members2.rnnlm"], "--no-dynamic").Error);
    }

    private string Ensemble()
    {
        var model = LanguageModel.Load(trained.Model);
        LanguageModel.Ensemble([model, model]).Save(Shell["two.rnnlm"]);
        return Shell["two.rnnlm"];
    }

    private string Text() => Shell.Write("other.txt", string.Concat(Enumerable.Repeat(Other, 60)));

    private string[] Arguments(string command) => [.. command.Split(' ').Select(argument => argument switch
    {
        "MODEL" => trained.Model,
        "ENSEMBLE" => Ensemble(),
        "OUT" => Shell["out.rnnlm"],
        "TEXT" => Text(),
        _ => argument,
    })];

    private double Perplexity(string model, string text, params string[] flags)
        => Shell.Run(["evaluate", model, text, "--json", .. flags]).Json.Single().GetProperty("perplexity").GetDouble();

    private static IReadOnlyList<string> Additions(JsonElement metrics) => [.. metrics.GetProperty("additions").EnumerateArray().Select(addition => addition.GetString()!)];
}
