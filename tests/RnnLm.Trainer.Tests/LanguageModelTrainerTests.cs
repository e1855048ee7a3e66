namespace RnnLm.Training.Tests;

public class LanguageModelTrainerTests
{
    private static readonly Tokenizer Whitespace = Tokenizer.Whitespace;
    private static readonly string?[] Lines = ["the cat sat", "the dog sat", null, "the cat ran"];

    private static TrainedModel Train(
        ScriptedEngine engine, IEnumerable<string?> corpus, IEnumerable<string?>? validation = null, VocabularyOptions? vocabulary = null)
        => new LanguageModelTrainer(SmallRun.Options(), engine).Train(Whitespace, corpus, validation, vocabulary);

    [Fact]
    public void Lines_become_a_model_with_their_words_the_best_weights_and_the_record_of_its_training()
    {
        var engine = new ScriptedEngine { Validation = validation => validation };
        var (model, result) = Train(engine, Lines, ["the dog ran"]);
        Assert.Equal(["<unk>", "<eos>", "the", "cat", "sat", "dog", "ran"], model.Vocabulary);
        Assert.Same(Whitespace, model.Tokenizer);
        Assert.Equal(7, model.Shape.VocabularySize);
        Assert.Equal([4], engine.ValidatedLengths.Distinct());
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal("elman", model.Training.Options["cell"]);
        Assert.Equal(Math.E, model.Training.Figures["validation_perplexity"], 12);
    }

    [Fact]
    public void A_trained_model_is_a_line_of_text()
    {
        var trained = Train(new ScriptedEngine(), Lines);
        Assert.Matches(@"^Elman, .*; trained in [a-z0-9. ]+ s, [\d,]+ words/s: all epochs are done\. Best weights: epoch 1, training perplexity 7\.39\.$", trained.ToString());
        Assert.DoesNotContain('\n', trained.ToString());
    }

    [Fact]
    public void Options_that_change_afterwards_change_nothing()
    {
        var options = SmallRun.Options();
        var trainer = new LanguageModelTrainer(options, new ScriptedEngine());
        (options.Window, options.HiddenSize, options.Softmax, options.Optimizer.LearningRate) = (0, 99, null!, -5);
        var (model, result) = trainer.Train(Whitespace, Lines);
        Assert.Equal(SmallRun.Options().HiddenSize, model.Shape.HiddenSize);
        Assert.Equal(SmallRun.Options().Describe(), model.Training.Options);
        Assert.All(result.Epochs, epoch => Assert.Equal(16, epoch.LearningRate));
    }

    [Fact]
    public void The_vocabulary_is_cut_as_asked()
        => Assert.Equal(["<unk>", "<eos>", "the"], Train(new ScriptedEngine(), Lines, null, new VocabularyOptions { MaximumSize = 3 }).Model.Vocabulary);

    [Fact]
    public void The_corpus_is_read_once()
    {
        var readings = 0;
        IEnumerable<string?> Read()
        {
            readings++;
            foreach (var line in Lines) yield return line;
        }
        Train(new ScriptedEngine(), Read());
        Assert.Equal(1, readings);
    }

    [Theory]
    [InlineData]
    [InlineData("", "  ", null)]
    public void A_corpus_without_words_is_refused(params string?[] lines)
        => Assert.Throws<TrainingDataException>(() => Train(new ScriptedEngine(), lines));

    [Fact]
    public void A_vocabulary_with_nothing_but_special_words_is_refused()
        => Assert.Throws<TrainingDataException>(() => Train(new ScriptedEngine(), Lines, null, new VocabularyOptions { MinimumCount = 100 }));

    [Theory]
    [InlineData]
    [InlineData("", null)]
    public void A_validation_text_without_words_is_refused_before_any_training(params string?[] lines)
    {
        var engine = new ScriptedEngine();
        var exception = Assert.Throws<TrainingDataException>(() => Train(engine, Lines, lines));
        Assert.StartsWith("The validation text has no words", exception.Message);
        Assert.Empty(engine.LearningRates);
    }

    [Fact]
    public void Vocabulary_options_out_of_range_are_refused_before_the_corpus_is_read()
    {
        var corpus = Enumerable.Range(0, 1).Select<int, string?>(_ => throw new InvalidOperationException("It was read."));
        Assert.Throws<ArgumentException>(() => Train(new ScriptedEngine(), corpus, null, new VocabularyOptions { MinimumCount = 0 }));
    }

    [Fact]
    public void Where_training_fails_the_best_model_is_in_the_exception()
    {
        var engine = new ScriptedEngine { Step = step => step == 5 ? new WindowResult(double.NaN, 1) : new WindowResult(2, 1) };
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine, Lines));
        Assert.Equal(exception.Best!.BestEpoch, exception.BestModel!.Training.Figures["best_epoch"]);
        Assert.Equal(7, exception.BestModel.Vocabulary.Count);
    }

    [Fact]
    public void Where_nothing_was_learned_there_is_no_model_in_the_exception()
    {
        var engine = new ScriptedEngine { Step = _ => new WindowResult(double.NaN, 1) };
        Assert.Null(Assert.Throws<TrainingDivergedException>(() => Train(engine, Lines)).BestModel);
    }
}
