namespace RnnLm.Training.Tests.Continuation;

public class AncestryTests
{
    private static readonly string[] Lines = ["a b c d", "e f g h"];

    private static LanguageModel GoOnWith(LanguageModel initial, VocabularyOptions? newWords = null, params string[] lines)
        => Continued.Trainer(options => options.Dropout = 0.5).Train(initial, lines.Length > 0 ? lines : Lines, newWords: newWords).Model;

    [Fact]
    public void The_record_says_where_the_model_came_from()
    {
        var record = new TrainingRecord
        {
            Options = new Dictionary<string, string> { ["dropout"] = "0.25", ["batch_mode"] = "rows" },
            Figures = new Dictionary<string, double> { ["validation_perplexity"] = 104.5 },
        };
        var initial = Continued.Model(record: record);
        var training = GoOnWith(initial).Training;
        Assert.Equal(initial.ComputeChecksum(), training.Options["initial_model"]);
        Assert.Equal("1", training.Options["continuations"]);
        Assert.Equal("10", training.Options["initial_vocabulary_size"]);
        Assert.Equal(("0.25", "0.5"), (training.Options["initial_model.dropout"], training.Options["dropout"]));
        Assert.Equal(104.5, training.Figures["initial_model.validation_perplexity"]);
        Assert.Equal(EvaluationContext.OneStream, training.Context);
    }

    [Fact]
    public void The_checksum_is_that_of_the_models_file_and_comes_with_it()
    {
        var path = Path.GetTempFileName();
        try
        {
            var initial = GoOnWith(Continued.Model());
            initial.Save(path);
            var loaded = LanguageModel.Load(path);
            Assert.Equal(initial.ComputeChecksum(), loaded.ComputeChecksum());
            Assert.Contains($"\"crc32c\":\"{initial.ComputeChecksum()}\"", File.ReadAllText(path));
            Assert.Equal(initial.ComputeChecksum(), GoOnWith(loaded).Training.Options["initial_model"]);
            Assert.NotEqual(initial.ComputeChecksum(), GoOnWith(initial).ComputeChecksum());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_record_does_not_grow_from_one_continuation_to_the_next()
    {
        var model = GoOnWith(Continued.Model());
        var sizes = new List<(int, int)>();
        for (var generation = 2; generation <= 6; generation++)
        {
            var (parent, next) = (model, GoOnWith(model, new VocabularyOptions(), "a b c d", $"a new{generation} f g"));
            Assert.Equal(parent.ComputeChecksum(), next.Training.Options["initial_model"]);
            Assert.Equal($"{generation}", next.Training.Options["continuations"]);
            Assert.Equal($"{parent.Vocabulary.Count}", next.Training.Options["initial_vocabulary_size"]);
            Assert.DoesNotContain(next.Training.Options.Keys.Concat(next.Training.Figures.Keys), name => name.StartsWith("initial_model.initial", StringComparison.Ordinal));
            sizes.Add((next.Training.Options.Count, next.Training.Figures.Count));
            model = next;
        }
        Assert.Single(sizes.Distinct());
    }

    [Theory]
    [InlineData("2147483647", "2147483647")]
    [InlineData("many", "1")]
    [InlineData("-3", "1")]
    public void Whatever_a_file_says_of_its_generations_is_taken_as_a_number_or_not_at_all(string said, string expected)
    {
        var record = new TrainingRecord { Options = new Dictionary<string, string> { ["continuations"] = said } };
        Assert.Equal(expected, GoOnWith(Continued.Model(record: record)).Training.Options["continuations"]);
    }

    [Fact]
    public void A_model_that_did_not_go_on_from_another_says_nothing_of_one()
    {
        var options = Continued.Options(options => (options.Layers, options.HiddenSize, options.EmbeddingSize) = (1, 4, 4));
        var record = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Lines).Model.Training;
        Assert.DoesNotContain(record.Options.Keys.Concat(record.Figures.Keys), name => name.Contains("initial") || name == "continuations");
    }
}
