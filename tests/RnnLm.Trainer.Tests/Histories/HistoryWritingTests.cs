using RnnLm.Tests.Persistence;
using RnnLm.Training.Tests.Checkpoints;

namespace RnnLm.Training.Tests.Histories;

public sealed class HistoryWritingTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public HistoryWritingTests() => Directory.CreateDirectory(temporary["."]);

    private string Path => temporary["history.jsonl"];

    private string[] Lines => File.ReadAllLines(Path);

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_run_tells_what_it_was_and_each_epoch_and_how_it_ended()
    {
        var run = Rehearsal.Train(Options());
        var history = TrainingHistory.Read(Path);
        var started = run.Events.OfType<TrainingStarted>().Single();
        Assert.Equal(started.Options, history.Options);
        Assert.Equal((started.CorpusWords, started.ValidationWords, started.ParameterCount, "managed"), (history.CorpusWords, history.ValidationWords, history.ParameterCount, history.Engine));
        Assert.Equal((Rehearsal.VocabularySize, started.Shape.ToString(), Processor.Description), (history.VocabularySize, history.Shape, history.Processor));
        Assert.NotNull(history.LibraryVersion);
        Assert.NotNull(history.Began);

        var epochs = history.Points.Where(point => point.IsEpoch).ToList();
        Assert.Equal(run.Result!.Epochs.Select(epoch => (epoch.TrainingPerplexity, epoch.ValidationPerplexity, epoch.LearningRate)),
            epochs.Select(point => (point.TrainingPerplexity!.Value, point.ValidationPerplexity, point.LearningRate!.Value)));
        Assert.Equal([1, 2, 3], epochs.Select(point => point.Epochs!.Value));
        Assert.Equal([1, 2, 3], epochs.Select(point => (double)point.Words!.Value / run.Result.Epochs[0].Words));
        Assert.Equal(StopReason.EpochsCompleted, history.StopReason);
        Assert.Equal(run.Result.BestValidationPerplexity, history.BestValidationPerplexity);
        Assert.Null(run.Result.HistoryFault);
    }

    [Fact]
    public void The_windows_of_an_epoch_have_its_mean_loss()
    {
        // With a clock that stands still and no interval there is a line of every window.
        var run = Rehearsal.Train(Options());
        var history = TrainingHistory.Read(Path);
        Assert.Equal(run.Steps, history.Points.Count(point => !point.IsEpoch));
        foreach (var epoch in run.Result!.Epochs)
        {
            var windows = history.Points.Where(point => !point.IsEpoch && point.Epochs > epoch.Epoch - 1 && point.Epochs <= epoch.Epoch).ToList();
            var words = (epoch.Epoch - 1) * epoch.Words;
            var loss = 0.0;
            foreach (var window in windows)
            {
                loss += Math.Log(window.TrainingPerplexity!.Value) * (window.Words!.Value - words);
                words = window.Words.Value;
            }
            Assert.Equal(Math.Log(epoch.TrainingPerplexity), loss / epoch.Words, 9);
        }
    }

    [Fact]
    public void Lines_of_windows_become_rarer_as_a_run_goes_on()
    {
        var time = new ManualTime();
        var engine = new ScriptedEngine(time) { StepTime = TimeSpan.FromSeconds(1) };
        SmallRun.Train(engine, options => (options.Epochs, options.History, options.Patience) = (1000, Path, 1000), time: time);
        var seconds = TrainingHistory.Read(Path).Points.Where(point => !point.IsEpoch).Select(point => point.Elapsed.TotalSeconds).ToList();
        Assert.InRange(seconds.Count(second => second <= 100), 90, 100);
        Assert.InRange(seconds.Count(second => second is > 1000 and <= 2000), 50, 75);
        Assert.All(seconds.Zip(seconds.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 0.01 * pair.Second));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_goes_on_has_no_point_twice_and_those_of_one_that_was_never_broken_off(bool validates)
    {
        var options = Options();
        Rehearsal.Train(options, validates: validates);
        var whole = TrainingHistory.Read(Path);
        var run = Rehearsal.Train(options, validates: validates);
        for (var moment = 0; moment < run.Events.Count - 1; moment++)
        {
            var told = 0;
            Rehearsal.Train(options, temporary[$"{moment}"], validates, happened => happened is not CheckpointWritten && told++ == moment, checkpoint: Seldom);
            Rehearsal.Train(options, temporary[$"{moment}"], validates, checkpoint: Seldom);
            var history = TrainingHistory.Read(Path);
            Assert.Equal(whole.Points, history.Points);
            Assert.Equal((whole.StopReason, whole.Shape), (history.StopReason, history.Shape));
            Assert.Equal(1, Lines.Count(line => line.Contains("\"started\"")));
        }
    }

    [Fact]
    public void A_run_that_was_killed_goes_on_where_its_checkpoint_is_whatever_was_written_after_it()
    {
        var options = Options();
        Rehearsal.Train(options);
        var whole = TrainingHistory.Read(Path).Points;
        var all = Lines;
        Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed { Epoch: 2, EpochShare: > 0.4 });
        var beginning = Lines;
        foreach (var left in (string[])["{\"event\":\"window\",\"ste", "{\"event\":\"window\",\"step\":1000,\"seconds\":0}\n", "\0\0\0\0\n", string.Join('\n', all[^3..]), all[0]])
        {
            File.WriteAllText(Path, string.Join('\n', beginning) + "\n" + left);
            var folder = temporary.CopyOf(temporary["run"], $"again{Guid.NewGuid()}");
            Rehearsal.Train(options, folder);
            Assert.Equal(whole, TrainingHistory.Read(Path).Points);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no history\n")]
    [InlineData("{\"event\":\"window\",\"step\":1,\"seconds\":0}\n")]
    [InlineData("{\"event\":\"started\",\"corpusWords\":7,\"parameters\":7,\"options\":{}}\n{\"event\":\"epoch\",\"seconds\":0}\n")]
    [InlineData("{\"event\":\"started\"}\n")]
    [InlineData("[]\n")]
    public void A_run_that_goes_on_without_its_history_begins_one_with_the_epochs_that_it_has(string? content)
    {
        var options = Options();
        Rehearsal.Train(options);
        var epochs = TrainingHistory.Read(Path).Points.Where(point => point.IsEpoch).Select(point => point with { Step = null });
        Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed { Epoch: 3, EpochShare: > 0.4 });
        File.Delete(Path);
        if (content is not null) File.WriteAllText(Path, content);
        Rehearsal.Train(options, temporary["run"]);
        var history = TrainingHistory.Read(Path);
        Assert.Equal(epochs, history.Points.Where(point => point.IsEpoch).Select(point => point with { Step = null }));
        Assert.NotNull(history.Shape);
    }

    [Fact]
    public void A_run_that_begins_replaces_the_history_that_is_there()
    {
        Rehearsal.Train(Options());
        var first = Lines.Length;
        Rehearsal.Train(Options(options => options.Epochs = 1));
        Assert.InRange(Lines.Length, 1, first - 1);
        Assert.Single(TrainingHistory.Read(Path).Points, point => point.IsEpoch);
    }

    [Fact]
    public void Of_two_runs_at_one_path_one_is_told_and_both_end_with_their_weights()
    {
        var options = Options();
        var alone = Rehearsal.Train(options);
        var inner = default(Rehearsal);
        var outer = Rehearsal.Train(options, act: happened =>
        {
            if (happened is TrainingProgressed { Step: 3 }) inner = Rehearsal.Train(options);
        });
        inner!.AssertSameResult(alone);
        outer.AssertSameResult(alone);
        Assert.Contains("Somebody else", Assert.Single(outer.Events.OfType<HistoryFailed>()).Fault.Message, StringComparison.Ordinal);
        Assert.NotNull(outer.Result!.HistoryFault);
        Assert.Equal(alone.Result!.BestValidationPerplexity, TrainingHistory.Read(Path).BestValidationPerplexity);
    }

    [Fact]
    public void A_run_that_diverged_says_so()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step == 6 ? double.NaN : 2, 1) };
        Assert.Throws<TrainingDivergedException>(() => SmallRun.Train(engine, options => options.History = Path));
        Assert.Equal(StopReason.Diverged, TrainingHistory.Read(Path).StopReason);
    }

    [Fact]
    public void A_run_whose_engine_failed_says_why()
    {
        var engine = new ScriptedEngine { Step = step => step == 6 ? throw new InvalidOperationException("no \"luck\"") : new WindowResult(2, 1) };
        Assert.Throws<TrainingFailedException>(() => SmallRun.Train(engine, options => options.History = Path));
        Assert.Equal(StopReason.Failed, TrainingHistory.Read(Path).StopReason);
        Assert.Contains("luck", Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_cancelled_before_anything_was_learned_says_so()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine { InitialLoss = 2, Step = _ => { cancellation.Cancel(); return new WindowResult(2, 1); } };
        Assert.Throws<OperationCanceledException>(() => SmallRun.Train(engine, options => (options.History, options.CancellationToken) = (Path, cancellation.Token)));
        Assert.Equal(StopReason.Cancelled, TrainingHistory.Read(Path).StopReason);
    }

    [Fact]
    public void A_perplexity_beyond_all_numbers_is_left_out()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step <= 4 ? 800 : 2, 1), Validation = _ => 2 };
        SmallRun.Train(engine, options => options.History = Path);
        var first = TrainingHistory.Read(Path).Points.First(point => point.IsEpoch);
        Assert.Null(first.TrainingPerplexity);
        Assert.NotNull(first.ValidationPerplexity);
    }

    [Theory]
    [InlineData("folder/history.jsonl", "there is no folder")]
    [InlineData("", "it is a folder")]
    public void A_history_that_cannot_be_written_is_found_before_training(string name, string reason)
    {
        var options = Options(options => options.History = temporary[name]);
        Assert.Contains(reason, Assert.ThrowsAny<IOException>(() => new LanguageModelTrainer(options).CheckEngine()).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => Rehearsal.Train(options));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_refused(string path)
        => Assert.Contains("History is ", Assert.Throws<TrainingOptionsException>(() => new TrainingOptions { History = path }.Validate()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Failure.Once)]
    [InlineData(Failure.OnceDone)]
    [InlineData(Failure.NoRoom)]
    [InlineData(Failure.TooLong)]
    public void Whatever_operation_on_the_file_fails_training_ends_with_its_weights_and_the_history_is_readable(Failure failure)
    {
        var whole = Rehearsal.Train(Options(options => options.History = null));
        Rehearsal.Train(Options());
        var points = TrainingHistory.Read(Path).Points;
        for (var operation = 1; ; operation++)
        {
            File.Delete(Path);
            var files = new FailingFileSystem(operation, failure);
            var run = default(Rehearsal);
            var fault = Record.Exception(() => run = Rehearsal.Train(Options(options => options.HistoryFiles = files)));
            if (files.Failed is null) break;
            if (fault is not null)
            {
                // Before training began.
                Assert.IsAssignableFrom<IOException>(fault);
                continue;
            }
            run!.AssertSameResult(whole);
            var told = run.Events.OfType<HistoryFailed>().Count();
            Assert.InRange(told, 0, 1);
            if (failure is Failure.Once or Failure.OnceDone)
            {
                // What could not be written is written with the next line.
                if (run.Result!.HistoryFault is null) Assert.Equal(points, TrainingHistory.Read(Path).Points);
            }
            else
            {
                Assert.Equal(run.Result!.HistoryFault is not null, told > 0);
                if (File.Exists(Path)) Assert.Equal(points.Take(TrainingHistory.Read(Path).Points.Count), TrainingHistory.Read(Path).Points);
            }
        }
    }

    private TrainingOptions Options(Action<TrainingOptions>? change = null) => Rehearsal.Options(options =>
    {
        options.History = Path;
        change?.Invoke(options);
    });

    // At the beginning and at the end.
    private static void Seldom(CheckpointOptions checkpoint) => checkpoint.IntervalWindows = 1000;
}
