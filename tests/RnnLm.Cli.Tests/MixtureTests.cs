using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Models with a cache, an n-gram model or members on the command line.</summary>
public sealed class MixtureTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private Shell Shell => trained.Shell;

    private string Save(string name, LanguageModel model)
    {
        model.Save(Shell[name]);
        return Shell[name];
    }

    [Fact]
    public void An_ensemble_is_made_shown_and_used_like_any_model()
    {
        var model = LanguageModel.Load(trained.Model);
        var cached = Save("cached.rnnlm", model.Quantize().With(new NeuralCache { Size = 9, Weight = 0.4 }));
        var output = Shell["ensemble.rnnlm"];
        var outcome = Shell.Run("ensemble", trained.Model, cached, "--output", output, "--member-weights", "3,1");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("weight 0.75", outcome.Output);
        Assert.Contains("cache of 9 words", outcome.Output);

        var ensemble = LanguageModel.Load(output);
        Assert.Equal([0.75, 0.25], ensemble.MemberWeights);
        Assert.Equal([false, true], ensemble.Members.Select(member => member.IsQuantized));
        var info = Shell.Run("info", output, "--json").Json.Single();
        var members = info.GetProperty("members");
        Assert.Equal(0.75, members[0].GetProperty("weight").GetDouble());
        Assert.Equal(9, members[1].GetProperty("cache").GetProperty("size").GetInt32());
        Assert.Equal(2 * model.Shape.ParameterCount, info.GetProperty("parameters").GetInt64());
        foreach (var part in new[] { "ensemble", "weight 0.25", "cache of 9 words, weight 0.4" }) Assert.Contains(part, Shell.Run("info", output).Output);

        var stream = TokenStream.Encode(ensemble.Tokenizer, ensemble.Vocabulary, File.ReadLines(trained.Text));
        var perplexity = Shell.Run("evaluate", output, trained.Text, "--json").Json.Single().GetProperty("perplexity").GetDouble();
        Assert.Equal(ensemble.Evaluate(stream).Perplexity, perplexity);
        Assert.Equal(TrainedShell.Sentence, Shell.Run("generate", output, "the cat").Output.TrimEnd());
        Assert.Equal("sat", Shell.Run("predict", output, "the cat", "--json").Json.Single().GetProperty("next")[0].GetProperty("word").GetString());
        Assert.Equal(ensemble.Score("the cat").LogProbability, Shell.RunWithInput("the cat\n", "score", output, "--json").Json.Single().GetProperty("logProbability").GetDouble());
        Assert.Equal(0, Shell.Run("quantize", output, Shell["small.rnnlm"]).Code);
        Assert.True(LanguageModel.Load(Shell["small.rnnlm"]).IsQuantized);
    }

    [Fact]
    public void Info_shows_a_cache_and_an_n_gram_model_and_null_where_there_are_none()
    {
        var model = LanguageModel.Load(trained.Model);
        var nGram = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, [TrainedShell.Sentence], new NGramOptions { Order = 3 });
        var path = Save("added.rnnlm", model.With(new NeuralCache { Size = 12 }).With(new NGramInterpolation { Model = nGram, Weight = 0.25 }));
        var info = Shell.Run("info", path, "--json").Json.Single();
        Assert.Equal(12, info.GetProperty("cache").GetProperty("size").GetInt32());
        Assert.Equal(0.25, info.GetProperty("ngram").GetProperty("weight").GetDouble());
        Assert.Equal(3, info.GetProperty("ngram").GetProperty("order").GetInt32());
        foreach (var part in new[] { "the last 12 words, weight 0.1279, sharpness 0.662", "3-gram", "weight 0.25" }) Assert.Contains(part, Shell.Run("info", path).Output);
        var plain = Shell.Run("info", trained.Model, "--json").Json.Single();
        foreach (var name in new[] { "cache", "ngram", "members" }) Assert.Equal(System.Text.Json.JsonValueKind.Null, plain.GetProperty(name).ValueKind);
        Assert.DoesNotContain("cache", Shell.Run("info", trained.Model).Output);
    }

    [Fact]
    public void Models_that_do_not_go_together_are_refused_and_nothing_is_written()
    {
        using var other = new Shell();
        var text = other.Write("text.txt", "a b c\n");
        Assert.Equal(0, other.Run(TrainedShell.SmallTraining(text, other["other.rnnlm"], epochs: 1)).Code);
        var outcome = other.Run("ensemble", trained.Model, other["other.rnnlm"], "--output", other["new.rnnlm"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("must have the same", outcome.Error);
        Assert.False(File.Exists(other["new.rnnlm"]));
    }

    [Fact]
    public void What_an_ensemble_or_an_export_leaves_out_is_said()
    {
        var model = Save("dynamic.rnnlm", LanguageModel.Load(trained.Model).With(new DynamicEvaluation()));
        var outcome = Shell.Run("ensemble", model, trained.Model, "--output", Shell["of-dynamic.rnnlm"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("dynamic evaluation of the members is left out", outcome.Error);
        Assert.DoesNotContain("dynamic", outcome.Output[..outcome.Output.IndexOf("ensemble ", StringComparison.Ordinal)].Replace(model, ""));

        outcome = Shell.Run("export", model, "--weights", Shell["left.safetensors"], "--vocabulary", Shell["left.txt"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("they are left out", outcome.Error);
        Assert.DoesNotContain("left out", Shell.Run("export", trained.Model, "--weights", Shell["left.safetensors"], "--vocabulary", Shell["left.txt"]).Error);
        Assert.Contains("goes on from its network", Shell.Run("train", trained.Text, "--initial", model, "--output", Shell["on3.rnnlm"], "--epochs", "1").Error);
    }

    [Theory]
    [InlineData("1e-300,1e300")]
    [InlineData("1,0")]
    public void Weights_that_cannot_be_are_refused_and_nothing_is_written(string weights)
    {
        var outcome = Shell.Run("ensemble", trained.Model, trained.Model, "--output", Shell["none.rnnlm"], "--member-weights", weights);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--member-weights", outcome.Error);
        Assert.False(File.Exists(Shell["none.rnnlm"]));
    }

    [Fact]
    public void Training_goes_on_from_the_network_of_a_model_with_a_cache_which_is_said_and_not_from_an_ensemble()
    {
        var model = LanguageModel.Load(trained.Model);
        var cached = Save("initial.rnnlm", model.With(new NeuralCache()));
        var outcome = Shell.Run("train", trained.Text, "--initial", cached, "--output", Shell["on.rnnlm"], "--epochs", "1");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("goes on from its network", outcome.Error);
        Assert.False(LanguageModel.Load(Shell["on.rnnlm"]).IsMixture);
        var ensemble = Save("ensemble2.rnnlm", LanguageModel.Ensemble([model, model]));
        outcome = Shell.Run("train", trained.Text, "--initial", ensemble, "--output", Shell["on2.rnnlm"], "--epochs", "1");
        Assert.NotEqual(0, outcome.Code);
        Assert.Contains("ensemble of 2 models", outcome.Error);
        outcome = Shell.Run("export", ensemble, "--weights", Shell["w"], "--vocabulary", Shell["v"]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("export its members", outcome.Error);
    }
}
