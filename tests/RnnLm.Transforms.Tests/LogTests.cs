using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace RnnLm.Transforms.Tests;

public sealed class LogTests
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly List<(ChannelMessageKind Kind, string Text)> log = [];

    public LogTests() => mlContext.Log += (_, message) =>
    {
        if (message.Source.Contains("LanguageModeling", StringComparison.Ordinal)) log.Add((message.Kind, message.RawMessage));
    };

    [Fact]
    public void Every_event_goes_to_the_listener_and_to_the_log()
    {
        var events = new List<TrainingEvent>();
        var options = Options(new Listener(events.Add));

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, mlContext.View("the cat")).Fit(mlContext.View(Sample.Lines));

        Assert.Contains(events, happened => happened is TrainingStarted);
        Assert.Equal(2, events.Count(happened => happened is EpochCompleted));
        Assert.Contains(events, happened => happened is TrainingCompleted);
        foreach (var happened in events)
        {
            var kind = happened is TrainingProgressed or ValidationStarted ? ChannelMessageKind.Trace : ChannelMessageKind.Info;
            Assert.Contains((kind, happened.ToString()), log);
        }
        Assert.Contains(log, line => line.Kind == ChannelMessageKind.Info && line.Text.StartsWith("Read 12 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_listener_that_throws_ends_neither_training_nor_log_and_is_told_of_in_the_result()
    {
        var calls = 0;
        var options = Options(new Listener(_ =>
        {
            calls++;
            throw new FormatException("The listener is broken.");
        }));

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines));

        Assert.Equal(1, calls);
        Assert.IsType<FormatException>(model.Result!.ListenerFault);
        Assert.Contains(log, line => line.Kind == ChannelMessageKind.Warning && line.Text.Contains("The listener is broken.", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Text.StartsWith("Training ended", StringComparison.Ordinal));
    }

    [Fact]
    public void Training_that_is_cancelled_gives_back_what_was_learned_until_then()
    {
        using var cancellation = new CancellationTokenSource();
        var options = Options(new Listener(happened =>
        {
            if (happened is EpochCompleted) cancellation.Cancel();
        }));
        options.Training.Epochs = 1000;
        options.Training.CancellationToken = cancellation.Token;
        var data = mlContext.View(Sample.Lines);

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);

        Assert.Equal(StopReason.Cancelled, model.Result!.StopReason);
        Assert.Equal(1, model.Result.BestEpoch);
        Assert.All(model.Transform(data).Column<float>("Perplexity"), perplexity => Assert.True(float.IsFinite(perplexity)));
    }

    [Fact]
    public void A_run_that_diverged_hands_over_the_best_model_for_a_pipeline()
    {
        var options = Options(null);
        options.Engine = new FailingEngine(stepsUntilFailure: 20);
        options.Training.Epochs = 1000;
        var data = mlContext.View(Sample.Lines);

        var failure = Assert.ThrowsAny<TrainingFailedException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data));

        var rescued = mlContext.LanguageModeling.FromModel(failure.BestModel!).Fit(data);
        Assert.Equal(Sample.Lines.Length, rescued.Transform(data).Column<string>("NextWord").Length);
    }

    [Fact]
    public void Rows_with_marks_of_damaged_text_are_warned_of_with_their_number()
    {
        string[] damaged = [.. Sample.Lines, "caf\uFFFD au lait", "na\uFFFDve \uFFFD", "fine"];
        const string Several = " have the character U+FFFD in them";
        const string One = " has the character U+FFFD in it";
        const string What = ", which stands for bytes that were no text: the file is probably of another encoding than the one that it was read in, or damaged.";

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(null), mlContext.View("the c\uFFFDt")).Fit(mlContext.View(damaged));
        mlContext.LanguageModeling.Evaluate(model, mlContext.View("\uFFFD", "\uFFFD", "\uFFFD the"));
        mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(mlContext.ViewOfWords(["a", "\uFFFD", "\uFFFDb"], ["c"]));

        Assert.Equal(
            [$"2 rows of the training data{Several}{What}", $"1 row of the validation data{One}{What}", $"3 rows of the data to evaluate on{Several}{What}", $"1 row of the data{One}{What}"],
            log.Where(line => line.Kind == ChannelMessageKind.Warning).Select(line => line.Text));
    }

    [Fact]
    public void What_goes_in_comes_out_or_is_logged()
    {
        string[][] rows = [["the", "", "cat"], [], ["", ""], ["the", "dog", ""]];
        var options = Options(null);
        options.InputColumnName = "Words";
        options.Training.BatchSize = 1;

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.ViewOfWords(rows));

        Assert.Contains((ChannelMessageKind.Warning, "4 empty words of the training data were passed over."), log);
        Assert.Contains((ChannelMessageKind.Warning, "2 rows of the training data were skipped, since they are null, empty or without a word."), log);
        Assert.Contains(log, line => line.Text.StartsWith("Read 2 rows, 6 words with the end-of-line words", StringComparison.Ordinal));
    }

    private static RecurrentNetworkOptions Options(IProgress<TrainingEvent>? listener)
    {
        var options = Sample.FullOptions();
        options.Training.Progress = listener;
        options.Training.ProgressInterval = TimeSpan.Zero;
        return options;
    }
}
