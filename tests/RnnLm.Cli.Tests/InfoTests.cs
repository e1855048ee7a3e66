namespace RnnLm.Cli.Tests;

/// <summary>How a model came about, for people; and as its file keeps it, for programs.</summary>
public sealed class InfoTests
{
    [Theory]
    [InlineData("preset_speed", "93531517770.03484", "speed of the machine +93.5 billion operations a second")]
    [InlineData("preset_words", "1234567", "words of the text +1,234,567")]
    [InlineData("preset_time_limit", "00:30:00", "time for the preset +30 min")]
    [InlineData("time_limit", "1.02:03:04", "time limit +1 d 2 h")]
    [InlineData("hidden_size", "1500", "hidden size +1,500")]
    [InlineData("learning_rate", "0.002", "learning rate +0.002")]
    [InlineData("epsilon", "1E-08", "epsilon +1E-08")]
    [InlineData("seed", "1234567", "seed +1234567")]
    [InlineData("initial_model.hidden_size", "1500", "initial model's hidden size +1,500")]
    [InlineData("preset_speed", "00:30:00", "speed of the machine +00:30:00")]
    [InlineData("time_limit", "for ever", "time limit +for ever")]
    [InlineData("preset_words", "NaN", "words of the text +NaN")]
    [InlineData("anything_else", "1e300", "anything else +1E\\+300")]
    public void An_option_has_a_name_and_a_number_for_people_and_what_is_no_number_stays(string name, string value, string shown)
        => AssertShown(new TrainingRecord { Options = new Dictionary<string, string> { [name] = value } }, "options", name, value, shown);

    [Theory]
    [InlineData("words_per_second", 2177.335345251674, "speed +2,177 words/s")]
    [InlineData("seconds", 3725.4, "time +1 h 2 min")]
    [InlineData("seconds", 1e300, "time +1E\\+300 s")]
    [InlineData("training_perplexity", 6.7362528507527095, "training perplexity +6.74")]
    [InlineData("initial_model.validation_perplexity", 104.2, "initial model's validation perplexity +104.20")]
    [InlineData("training_words", 480, "words of the text +480")]
    public void A_figure_has_its_unit(string name, double value, string shown)
        => AssertShown(new TrainingRecord { Figures = new Dictionary<string, double> { [name] = value } }, "figures", name, value, shown);

    private static void AssertShown(TrainingRecord record, string group, string name, object value, string shown)
    {
        using var shell = new Shell();
        var text = new TokenStreamBuilder(Tokenizer.Whitespace);
        text.Add(TrainedShell.Sentence);
        var vocabulary = text.BuildVocabulary();
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        new LanguageModel(Tokenizer.Whitespace, vocabulary, new NetworkWeights(shape), record).Save(shell["m.rnnlm"]);
        Assert.Matches($"(?m)^  {shown}\r?$", shell.Run("info", shell["m.rnnlm"]).Output);
        var kept = shell.Run("info", shell["m.rnnlm"], "--json").Json.Single().GetProperty(group).GetProperty(name);
        Assert.Equal(value, value is double ? kept.GetDouble() : kept.GetString());
    }
}
