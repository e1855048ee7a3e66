using System.Globalization;
using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class ProgressTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static (List<TrainingEvent> Events, TrainingResult Result) Run(
        Action<TrainingOptions>? change = null, bool validate = true, Action<TrainingEvent>? act = null)
    {
        var time = new ManualTime();
        var listener = new Listener(act);
        var engine = new ScriptedEngine(time)
        {
            StepTime = Second,
            ValidationTime = 2 * Second,
            Step = step => new WindowResult(step, 1),
            Validation = validation => 5 - validation,
        };
        var result = Train(
            engine,
            options =>
            {
                (options.Epochs, options.Progress) = (2, listener);
                change?.Invoke(options);
            },
            validate, time);
        return (listener.Events, result);
    }

    [Fact]
    public void A_run_tells_of_its_beginning_its_progress_its_validation_its_epochs_and_its_end()
    {
        var names = Run().Events.Select(happened => happened.GetType().Name);
        string[] epoch = [.. Enumerable.Repeat(nameof(TrainingProgressed), 4), nameof(ValidationStarted), nameof(EpochCompleted)];
        Assert.Equal([nameof(TrainingStarted), .. epoch, .. epoch, nameof(TrainingCompleted)], names);
    }

    [Fact]
    public void The_beginning_says_what_is_trained_by_what()
    {
        var started = Assert.IsType<TrainingStarted>(Run().Events[0]);
        Assert.Equal(Options().ShapeFor(SmallRun.Vocabulary.Count), started.Shape);
        Assert.Equal(30 * 2 + 2 * 2 + 2 * 2 + 2 + 30 * 2 + 30, started.ParameterCount);
        Assert.Equal((20, 5, "scripted"), (started.CorpusWords, started.ValidationWords, started.Engine));
        Assert.Equal("16", started.Options["learning_rate"]);
    }

    [Fact]
    public void Progress_tells_the_share_the_speed_the_perplexity_so_far_and_the_time_left()
    {
        // Six seconds an epoch; the third step of the second epoch ends after nine, with 7 of 8 quarters done.
        var progressed = Run().Events.OfType<TrainingProgressed>().ElementAt(6);
        Assert.Equal((2, 2, 7), (progressed.Epoch, progressed.Epochs, progressed.Step));
        Assert.Equal(0.75, progressed.EpochShare);
        Assert.Equal(0.875, progressed.Share);
        Assert.Equal(5, progressed.WordsPerSecond);
        Assert.Equal(Math.Exp((5 + 6 + 7) / 3.0), progressed.TrainingPerplexity, 9);
        Assert.Equal(9 * Second, progressed.Elapsed);
        Assert.Equal(9.0 / 7, progressed.Remaining.TotalSeconds, 6);
    }

    [Fact]
    public void The_time_left_and_the_share_follow_the_time_limit_where_that_ends_first()
    {
        var progressed = Run(options => (options.Epochs, options.TimeLimit) = (100, 20 * Second)).Events.OfType<TrainingProgressed>().First();
        Assert.Equal(19 * Second, progressed.Remaining);
        Assert.Equal(0.05, progressed.Share, 12);
    }

    [Fact]
    public void Progress_is_told_no_more_often_than_the_interval()
    {
        // Steps end after 1, 2, 3, 4 and, with validation between, 7, 8, 9, 10 seconds.
        var told = Run(options => options.ProgressInterval = 2.5 * Second).Events.OfType<TrainingProgressed>();
        Assert.Equal([3 * Second, 7 * Second, 10 * Second], told.Select(progressed => progressed.Elapsed));
    }

    [Fact]
    public void There_is_an_event_for_every_epoch_of_the_result()
    {
        var (events, result) = Run(options => options.TimeLimit = 10 * Second);
        Assert.Equal(2, result.Epochs.Count);
        Assert.True(result.Epochs[1].Share < 1);
        Assert.Equal(result.Epochs, events.OfType<EpochCompleted>().Select(completed => completed.Result));
    }

    [Fact]
    public void The_end_holds_the_result()
    {
        var (events, result) = Run();
        Assert.Same(result, Assert.IsType<TrainingCompleted>(events[^1]).Result);
    }

    [Fact]
    public void A_listener_that_throws_does_not_end_training_and_is_not_told_again()
    {
        var (events, result) = Run(act: happened =>
        {
            if (happened is ValidationStarted) throw new InvalidOperationException("The window was closed.");
        });
        Assert.Equal(StopReason.EpochsCompleted, result.StopReason);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal("The window was closed.", result.ListenerFault!.Message);
        Assert.IsType<ValidationStarted>(events[^1]);
    }

    [Fact]
    public void A_listener_that_throws_at_the_end_is_noticed_too()
    {
        var (_, result) = Run(act: happened =>
        {
            if (happened is TrainingCompleted) throw new InvalidOperationException();
        });
        Assert.IsType<InvalidOperationException>(result.ListenerFault);
    }

    [Fact]
    public void A_listener_that_does_not_throw_leaves_no_fault() => Assert.Null(Run().Result.ListenerFault);

    [Fact]
    public void Events_are_lines_for_a_log_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var lines = Run(options => options.TimeLimit = 11 * Second).Events.Select(happened => happened.ToString()).ToList();
            Assert.Equal(
                "Training begins: Elman, 1 layer, embedding 2, hidden 2, vocabulary 30, 160 parameters; 20 words, 5 for validation; " +
                "sgd, learning rate 16; scripted.",
                lines[0]);
            Assert.Equal("Epoch 1 of 2, 25 %: training perplexity 2.72, 5 words/s, 7.0 s left.", lines[1]);
            Assert.Equal("Epoch 1 of 2: validating on 5 words.", lines[5]);
            Assert.Equal(
                "Epoch 1 of 2: training perplexity 12.18, validation perplexity 54.60 as one stream (best), learning rate 16, 5 words/s, 6.0 s.",
                lines[6]);
            Assert.Equal(
                "Epoch 2 of 2, ended at 75 %: training perplexity 403.43, validation perplexity 20.09 as one stream (best), learning rate 16, " +
                "5 words/s, 5.0 s.",
                lines[^2]);
            Assert.Equal(
                "Training ended after 11 s, 5 words/s: the time allowed is over. Best weights: epoch 2, validation perplexity 20.09 as one stream.",
                lines[^1]);

            var result = Run(options => options.TimeLimit = 11 * Second).Result;
            Assert.Equal("11 s, 5 words/s: the time allowed is over. Best weights: epoch 2, validation perplexity 20.09 as one stream.", result.ToString());
            Assert.Equal("Epoch 1: training perplexity 12.18, validation perplexity 54.60 as one stream (best), learning rate 16, 5 words/s, 6.0 s.", result.Epochs[0].ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
