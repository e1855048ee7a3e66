using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class EpochTests
{
    [Fact]
    public void Every_epoch_trains_on_every_window()
    {
        var engine = new ScriptedEngine();
        var result = Train(engine);
        Assert.Equal(3 * StepsInEpoch, engine.LearningRates.Count);
        Assert.Equal(StopReason.EpochsCompleted, result.StopReason);
        Assert.Equal([1, 2, 3], result.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(result.Epochs, epoch => Assert.Equal((1.0, Corpus.Count), (epoch.Share, epoch.Words)));
    }

    [Fact]
    public void Perplexities_are_of_the_whole_epoch_and_of_the_whole_validation_text()
    {
        // Losses of one word: 1, 2, 3, 4 in the first epoch's steps.
        var engine = new ScriptedEngine { Step = step => new WindowResult(step, 1), Validation = _ => 1.5 };
        var epoch = Train(engine).Epochs[0];
        Assert.Equal(Math.Exp(2.5), epoch.TrainingPerplexity, 12);
        Assert.Equal(Math.Exp(1.5), epoch.ValidationPerplexity!.Value, 12);
        Assert.Equal([Validation.Count, Validation.Count, Validation.Count], engine.ValidatedLengths);
    }

    [Fact]
    public void Steps_of_unequal_length_count_by_their_words()
    {
        // Twenty words in eight streams: two steps of eight words and one of four, with losses 1, 2 and 3 a word.
        var engine = new ScriptedEngine { Step = step => new WindowResult(step, 1) };
        var epoch = Train(engine, options => (options.BatchSize, options.Epochs) = (8, 1)).Epochs[0];
        Assert.Equal(Math.Exp((8 * 1 + 8 * 2 + 4 * 3) / 20.0), epoch.TrainingPerplexity, 12);
    }

    [Fact]
    public void The_weights_of_the_epoch_with_the_best_validation_perplexity_are_given_not_the_last()
    {
        var engine = new ScriptedEngine { Validation = validation => new[] { 3.0, 1.0, 2.0 }[validation - 1] };
        var result = Train(engine);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(Math.Exp(1), result.BestValidationPerplexity!.Value, 12);
        Assert.Equal(2 * StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal([true, true, false], result.Epochs.Select(epoch => epoch.IsBest));
    }

    [Fact]
    public void Of_equally_good_epochs_the_first_is_kept()
        => Assert.Equal(1, Train(new ScriptedEngine { Validation = _ => 2 }).BestEpoch);

    [Fact]
    public void Without_validation_the_weights_of_the_epoch_with_the_best_training_perplexity_are_given()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step <= 2 * StepsInEpoch ? 5 - step * 0.1 : 9, 1) };
        var result = Train(engine, validate: false);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(2 * StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        Assert.Null(result.BestValidationPerplexity);
    }

    [Fact]
    public void Without_validation_a_run_that_learns_ends_with_the_last_weights()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(5 - step * 0.1, 1) };
        Assert.Equal(3 * StepsInEpoch, ScriptedEngine.StepsOf(Train(engine, validate: false).Weights));
    }

    [Fact]
    public void In_rows_mode_each_line_of_the_validation_text_is_read_by_itself()
    {
        // The validation text is the lines 2 3 | and 4 |, with losses 1 and 2 a word.
        var engine = new ScriptedEngine { Validation = row => row };
        var result = Train(engine, options => (options.BatchMode, options.Epochs) = (BatchMode.Rows, 1));
        Assert.Equal([3, 2], engine.ValidatedLengths);
        Assert.Equal(Math.Exp((3 * 1 + 2 * 2) / 5.0), result.BestValidationPerplexity!.Value, 12);
    }

    [Fact]
    public void The_session_is_released()
    {
        var engine = new ScriptedEngine();
        Train(engine);
        Assert.Equal(1, engine.Disposals);
    }

    [Fact]
    public void A_session_that_cannot_be_released_does_not_lose_the_training()
    {
        var engine = new ScriptedEngine { Disposing = () => throw new InvalidOperationException() };
        Assert.Equal(StopReason.EpochsCompleted, Train(engine).StopReason);
    }

    [Fact]
    public void The_figures_say_how_good_the_weights_are_and_how_long_it_took()
    {
        var time = new ManualTime();
        var engine = new ScriptedEngine(time)
        {
            StepTime = TimeSpan.FromSeconds(0.5),
            ValidationTime = TimeSpan.FromSeconds(3),
            Validation = validation => validation == 2 ? 1 : 2,
        };
        var result = Train(engine, time: time);
        Assert.Equal(10, result.WordsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(15), result.Elapsed);
        Assert.Equal(10, result.Epochs[0].WordsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(5), result.Epochs[0].Duration);
        var figures = result.Figures;
        Assert.Equal((3, 2, 10, 15), (figures["epochs"], figures["best_epoch"], figures["words_per_second"], figures["seconds"]));
        Assert.Equal(Math.Exp(1), figures["validation_perplexity"], 12);
        Assert.Equal(Math.Exp(2), figures["training_perplexity"], 12);
    }

    [Fact]
    public void Training_goes_on_from_the_weights_it_is_given()
    {
        var initial = WeightInitialization.Create(Options().ShapeFor(SmallRun.Vocabulary.Count), seed: 5);
        var result = new LanguageModelTrainer(Options(), new ScriptedEngine()).Train(Tokenizer.Whitespace, SmallRun.Vocabulary, Corpus, initial: initial).Result;
        Assert.Equal(initial.Embedding.Values, result.Weights.Embedding.Values);
    }
}
