using System.Globalization;
using RnnLm.Training.Tests.Checkpoints;

namespace RnnLm.Training.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private const string Rate = "learning_rate";
    private const int Epochs = 9;

    private readonly TemporaryFolder temporary = new();

    private string Folder => temporary["sweep"];

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void The_better_of_two_settings_is_found_and_its_model_is_the_result()
    {
        var result = Run(Options(SweepParameter.Choice(Rate, "0.000001", "0.05"), options => (options.Trials, options.ReductionFactor) = (2, 2)));
        Assert.Equal("0.05", result.Best!.Settings[Rate]);
        Assert.Equal(0.05, double.Parse(result.Model!.Training.Options[Rate], CultureInfo.InvariantCulture));
        Assert.Equal(result.Best.Perplexity!.Value, result.Model.Evaluate(Rehearsal.Validation).Perplexity, 6);
        Assert.Equal((StopReason.EpochsCompleted, TrialOutcome.Completed), (result.StopReason, result.Best.Outcome));
        // The better one had all epochs, the other half of them.
        Assert.Equal([(1, Epochs), (0, 5)], result.Trials.Select(trial => (trial.Rung!.Value, (int)trial.Epochs)));
    }

    [Fact]
    public void One_of_three_trials_is_promoted_and_goes_on_from_its_checkpoint()
    {
        var listener = new Listener();
        var result = Run(Options(SweepParameter.LogUniform(Rate, 0.001, 0.1), options => (options.Trials, options.Progress) = (9, listener)));
        var ended = listener.Events.OfType<TrialEnded>().ToList();
        Assert.Equal([9, 3, 1], Enumerable.Range(0, 3).Select(rung => ended.Count(trial => trial.Trial.Rung == rung)));
        Assert.All(ended, trial => Assert.Equal(new[] { 1.0, 3, 9 }[trial.Trial.Rung!.Value], trial.Trial.Epochs));
        for (var rung = 1; rung < 3; rung++)
        {
            var before = ended.Where(trial => trial.Trial.Rung == rung - 1).OrderBy(trial => trial.Trial.Perplexity).Select(trial => trial.Trial.Number);
            var promoted = ended.Where(trial => trial.Trial.Rung == rung).Select(trial => trial.Trial.Number).ToList();
            Assert.Equal(before.Take(promoted.Count), promoted);
        }
        // A trial that went on is the same as one that was never paused.
        var best = result.Trials.First(trial => trial.Rung == 2);
        var alone = Rehearsal.Train(TrainingOptions(best.Settings));
        Assert.Equal(alone.Result!.BestValidationPerplexity, best.Perplexity);
        Assert.Equal(result.Best!.Perplexity, result.Trials.Min(trial => trial.Perplexity));
    }

    [Fact]
    public void What_a_preset_has_is_settled_before_trials_are_compared()
    {
        var listener = new Listener();
        var result = Run(new SweepOptions
        {
            Parameters = [SweepParameter.LogUniform(Rate, 0.001, 0.01)],
            Trials = 9,
            Progress = listener,
            OptionsOf = settings =>
            {
                var options = new TrainingOptions { Preset = TrainingPreset.Small, EmbeddingSize = 8, HiddenSize = 8, BatchSize = 2, Window = 6, Patience = 100, Threads = 1 };
                options.Optimizer.LearningRate = settings.Number(Rate);
                return options;
            },
        });
        // Of the ten epochs that the preset has, and not of the twenty that are the default without one.
        Assert.All(listener.Events.OfType<TrialEnded>(), ended => Assert.Equal(new[] { 2.0, 4, 10 }[ended.Trial.Rung!.Value], ended.Trial.Epochs));
        Assert.Equal(TrialOutcome.Completed, result.Trials.Single(trial => trial.Rung == 2).Outcome);
        Assert.Equal(2.0 / 27, double.Parse(result.Model!.Training.Options["averaging_start"], CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void The_same_seed_tries_the_same_and_another_something_else()
    {
        var parameter = SweepParameter.LogUniform(Rate, 0.001, 0.1);
        var once = Run(Options(parameter, options => options.Trials = 3));
        var again = Run(Options(parameter, options => options.Trials = 3));
        Assert.Equal(Describe(once), Describe(again));
        Assert.Equal(once.Model!.ComputeChecksum(), again.Model!.ComputeChecksum());
        Assert.NotEqual(Describe(once), Describe(Run(Options(parameter, options => (options.Trials, options.Seed) = (3, 2)))));
    }

    [Fact]
    public void A_sweep_that_is_cancelled_anywhere_goes_on_as_if_nothing_had_happened()
    {
        var parameter = SweepParameter.LogUniform(Rate, 0.001, 0.1);
        var counter = new Listener();
        var whole = Run(Options(parameter, options => (options.Trials, options.Progress) = (4, counter)));
        for (var moment = 0; moment < counter.Events.Count; moment += 7)
        {
            using var cancellation = new CancellationTokenSource();
            var told = 0;
            var folder = temporary[$"sweep-{moment}"];
            var broken = Run(Options(parameter, options => (options.Trials, options.Folder, options.CancellationToken, options.Progress)
                = (4, folder, cancellation.Token, new Listener(_ => { if (told++ == moment) cancellation.Cancel(); }))));
            if (broken.StopReason == StopReason.EpochsCompleted) continue; // it was at its end
            Assert.Equal(StopReason.Cancelled, broken.StopReason);
            if (broken.Model is not null) Assert.Equal(broken.Best!.Perplexity!.Value, broken.Model.Evaluate(Rehearsal.Validation).Perplexity, 6);
            var resumed = Run(Options(parameter, options => (options.Trials, options.Folder, options.Resumption) = (4, folder, CheckpointResumption.Required)));
            Assert.Equal(Describe(whole), Describe(resumed));
            Assert.Equal(whole.Best!.Perplexity!.Value, resumed.Model!.Evaluate(Rehearsal.Validation).Perplexity, 6);
        }
    }

    [Fact]
    public void A_sweep_that_is_killed_anywhere_goes_on_from_what_is_on_the_disk()
    {
        var parameter = SweepParameter.LogUniform(Rate, 0.001, 0.1);
        var copies = new List<string>();
        var whole = Run(Options(parameter, options => (options.Trials, options.Folder, options.Progress) = (3, Folder, new Listener(happened =>
        {
            if (happened is TrialStarted or TrialEnded or TrialProgressed { Training: ValidationStarted }) copies.Add(CopyOf(Folder, copies.Count));
        }))));
        var record = "sweep.jsonl";
        foreach (var (number, copy) in copies.Index())
        {
            // The last line may be cut.
            if (number % 2 == 0) File.AppendAllText(Path.Join(copy, record), "{\"event\":\"result\",\"tri");
            var resumed = Run(Options(parameter, options => (options.Trials, options.Folder) = (3, copy)));
            Assert.Equal(Describe(whole), Describe(resumed));
            Assert.Equal(File.ReadAllBytes(Path.Join(Folder, "best.rnnlm")).Length, File.ReadAllBytes(Path.Join(copy, "best.rnnlm")).Length);
            Assert.Equal(whole.Best!.Perplexity!.Value, resumed.Model!.Evaluate(Rehearsal.Validation).Perplexity, 6);
        }
    }

    [Fact]
    public void A_sweep_that_has_ended_gives_its_result_again_without_training()
    {
        var options = Options(SweepParameter.LogUniform(Rate, 0.001, 0.1), options => (options.Trials, options.Folder) = (3, Folder));
        var whole = Run(options);
        var listener = new Listener();
        options.Progress = listener;
        var again = Run(options);
        Assert.Equal(Describe(whole), Describe(again));
        Assert.DoesNotContain(listener.Events, happened => happened is TrialStarted);
        Assert.Equal(whole.Model!.ComputeChecksum(), again.Model!.ComputeChecksum());
    }

    [Fact]
    public void A_trial_that_diverges_is_a_result_and_the_others_go_on()
    {
        var result = Run(Options(SweepParameter.Choice(Rate, "1e30", "0.02"), options => (options.Trials, options.ReductionFactor) = (2, 2)));
        Assert.Equal("0.02", result.Best!.Settings[Rate]);
        var diverged = result.Trials[1];
        Assert.Equal((TrialOutcome.Diverged, 0), (diverged.Outcome, diverged.Rung));
        Assert.NotNull(diverged.Fault);
    }

    [Fact]
    public void Where_all_diverge_there_is_no_model()
    {
        var result = Run(Options(SweepParameter.Choice(Rate, "1e30", "1e31"), options => options.Trials = 2));
        Assert.Null(result.Model);
        Assert.Null(result.Best);
        Assert.All(result.Trials, trial => Assert.Equal(TrialOutcome.Diverged, trial.Outcome));
    }

    [Theory]
    [InlineData("0", "LearningRate is 0")]
    [InlineData("many", "not in a correct format")]
    public void A_trial_whose_options_do_not_go_together_is_a_result(string value, string fault)
    {
        var result = Run(Options(SweepParameter.Choice(Rate, value, "0.02"), options => (options.Trials, options.ReductionFactor) = (2, 2)));
        Assert.Equal("0.02", result.Best!.Settings[Rate]);
        Assert.Equal(TrialOutcome.Refused, result.Trials[1].Outcome);
        Assert.Contains(fault, result.Trials[1].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_whose_engine_fails_is_a_result()
    {
        var engine = new ObservedEngine { Training = step => { if (step == 2) throw new InvalidOperationException("no luck"); } };
        var result = Run(Options(SweepParameter.Choice(Rate, "0.02"), options => options.Trials = 1), engine);
        Assert.Equal((TrialOutcome.Failed, "no luck"), (result.Trials[0].Outcome, result.Trials[0].Fault));
    }

    [Fact]
    public void A_trial_that_has_come_to_its_own_end_leaves_its_place_to_another()
    {
        // Without learning nothing improves, so that patience is at its end in the first rung.
        var result = Run(Options(SweepParameter.Choice(Rate, "1e-30", "0.02", "0.03"), options => (options.Trials, options.ReductionFactor) = (3, 2), training => training.Patience = 3));
        var still = result.Trials.Single(trial => trial.Settings[Rate] == "1e-30");
        Assert.Equal((0, TrialOutcome.Completed), (still.Rung, still.Outcome));
        Assert.Single(result.Trials, trial => trial.Rung == 1);
    }

    [Fact]
    public void The_time_is_honoured_and_the_best_have_most_of_it()
    {
        var time = new ManualTime();
        var limit = TimeSpan.FromMinutes(30);
        var engine = new ObservedEngine { Training = _ => time.Advance(TimeSpan.FromSeconds(1)), Evaluating = () => time.Advance(TimeSpan.FromSeconds(1)) };
        var result = Run(Options(SweepParameter.LogUniform(Rate, 0.001, 0.1), options => (options.Trials, options.TimeLimit) = (9, limit), training => (training.Epochs, training.Patience) = (10_000, 10_000)), engine, time);
        Assert.InRange(result.Elapsed, limit * 0.97, limit);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Equal([1, 2, 6], result.Trials.GroupBy(trial => trial.Rung).OrderByDescending(group => group.Key).Select(group => group.Count()));
        // Of 9 + 3 * 2 + 6 shares one has 9, two 3, and six 1.
        foreach (var trial in result.Trials) Assert.InRange(trial.Elapsed / limit, 0.9 * Math.Pow(3, trial.Rung!.Value) / 21, 1.1 * Math.Pow(3, trial.Rung.Value) / 21);
    }

    [Fact]
    public void More_time_goes_to_the_trial_that_went_furthest()
    {
        var time = new ManualTime();
        var engine = new ObservedEngine { Training = _ => time.Advance(TimeSpan.FromSeconds(1)) };
        SweepResult Run(double minutes) => this.Run(Options(SweepParameter.LogUniform(Rate, 0.001, 0.1), options => (options.Trials, options.TimeLimit, options.Folder) = (3, TimeSpan.FromMinutes(minutes), Folder),
            training => (training.Epochs, training.Patience) = (10_000, 10_000)), engine, time);
        var first = Run(5);
        var second = Run(8);
        Assert.Equal(first.Trials.MaxBy(trial => trial.Rung)!.Number, second.Trials.MaxBy(trial => trial.Elapsed)!.Number);
        Assert.InRange(second.Elapsed, TimeSpan.FromMinutes(7.9), TimeSpan.FromMinutes(8));
        Assert.InRange(second.Trials.Max(trial => trial.Elapsed) - first.Trials.Max(trial => trial.Elapsed), TimeSpan.FromMinutes(2.9), TimeSpan.FromMinutes(3.1));
    }

    [Fact]
    public void A_trial_whose_schedule_spans_it_goes_on_for_the_length_that_it_began_with()
    {
        var time = new ManualTime();
        var engine = new ObservedEngine { Training = _ => time.Advance(TimeSpan.FromSeconds(1)), Evaluating = () => time.Advance(TimeSpan.FromSeconds(1)) };
        // Of three trials two diverge at once, so that much time is left over to the third.
        SweepResult Run(double minutes) => this.Run(Options(SweepParameter.Choice(Rate, "1e30", "0.02", "1e31"), options => (options.Trials, options.TimeLimit, options.Folder) = (3, TimeSpan.FromMinutes(minutes), Folder),
            training => (training.Epochs, training.Schedule) = (10_000, new OneCycleSchedule())), engine, time);
        var result = Run(10);
        Assert.Equal(("0.02", 1), (result.Best!.Settings[Rate], result.Best.Rung!.Value));
        Assert.InRange(result.Best.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        // And where the sweep is given more time.
        Assert.Equal(result.Best.Number, Run(20).Best!.Number);
    }

    [Fact]
    public void A_time_in_which_nothing_is_learned_has_no_model()
    {
        var time = new ManualTime();
        var engine = new ObservedEngine { Training = _ => time.Advance(TimeSpan.FromSeconds(10)) };
        var result = Run(Options(SweepParameter.LogUniform(Rate, 1e-9, 1e-8), options => (options.Trials, options.TimeLimit) = (3, TimeSpan.FromSeconds(30))), engine, time);
        Assert.Null(result.Model);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Contains(result.Trials, trial => trial.Outcome == TrialOutcome.NothingLearned);
    }

    [Fact]
    public void Each_trial_has_its_history_and_those_that_did_not_go_on_no_checkpoints()
    {
        Run(Options(SweepParameter.LogUniform(Rate, 0.001, 0.1), options => (options.Trials, options.Folder) = (3, Folder)));
        var histories = Enumerable.Range(1, 3).Select(trial => TrainingHistory.Read(Path.Join(Folder, $"trial-00{trial}", "history.jsonl"))).ToList();
        Assert.Equal([3, 3, 9], histories.Select(history => history.Points.Count(point => point.IsEpoch)).Order());
        Assert.Single(Directory.GetDirectories(Folder, "checkpoints", SearchOption.AllDirectories));
    }

    [Fact]
    public void Without_a_folder_nothing_is_left()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "rnnlm-sweep-*").Length;
        Run(Options(SweepParameter.Choice(Rate, "0.02"), options => options.Trials = 1));
        Assert.InRange(Directory.GetDirectories(Path.GetTempPath(), "rnnlm-sweep-*").Length, 0, before);
    }

    [Fact]
    public void What_the_first_trial_has_is_said_and_settings_are_never_tried_twice()
    {
        var result = Run(Options(SweepParameter.Choice(Rate, "0.02", "0.03"), options => (options.Trials, options.FirstTrial) = (9, new SweepSettings([])), training => training.Epochs = 1));
        Assert.Equal(["", "learning_rate 0.02", "learning_rate 0.03"], result.Trials.Select(trial => trial.Settings.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(result.Trials.Single(trial => trial.Number == 1).Settings);
    }

    [Fact]
    public void Another_sweep_is_not_gone_on_with()
    {
        var parameter = SweepParameter.Choice(Rate, "0.02");
        Run(Options(parameter, options => (options.Trials, options.Folder) = (1, Folder)));
        void Refuse(string reason, SweepOptions options) => Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Run(options)).Message, StringComparison.Ordinal);
        Refuse("parameters was learning_rate: 0.02 and is learning_rate: 0.03", Options(SweepParameter.Choice(Rate, "0.03"), options => (options.Trials, options.Folder) = (1, Folder)));
        Refuse("seed was 1 and is 2", Options(parameter, options => (options.Trials, options.Folder, options.Seed) = (1, Folder, 2)));
        Refuse("limited_by was epochs and is time", Options(parameter, options => (options.Trials, options.Folder, options.TimeLimit) = (1, Folder, TimeSpan.FromHours(1))));
        Refuse("has a sweep already", Options(parameter, options => (options.Trials, options.Folder, options.Resumption) = (1, Folder, CheckpointResumption.Never)));
        Refuse("There is no sweep", Options(parameter, options => (options.Folder, options.Resumption) = (temporary["none"], CheckpointResumption.Required)));
    }

    [Theory]
    [InlineData("no record\n")]
    [InlineData("{}\n")]
    [InlineData("[]\n")]
    [InlineData("{\"event\":\"sweep\",\"format\":\"rnnlm-history\",\"formatVersion\":1}\n")]
    [InlineData("{\"event\":\"sweep\",\"format\":\"rnnlm-sweep\",\"formatVersion\":99,\"identity\":{},\"notes\":{}}\n")]
    [InlineData("{\"event\":\"sweep\",\"format\":\"rnnlm-sweep\",\"formatVersion\":1,\"identity\":{},\"notes\":{}}\n{\"event\":\"result\",\"trial\":7}\n{}\n")]
    [InlineData("{\"event\":\"sweep\",\"format\":\"rnnlm-sweep\",\"formatVersion\":1,\"identity\":{\"a\":null},\"notes\":{}}\n")]
    public void A_record_that_is_none_is_refused(string content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Join(Folder, "sweep.jsonl"), content);
        var options = Options(SweepParameter.Choice(Rate, "0.02"), options => options.Folder = Folder);
        Assert.Contains("is no record of a sweep", Assert.Throws<CheckpointException>(() => Run(options)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path.Join(Folder, "sweep.jsonl")));
    }

    [Fact]
    public void Two_sweeps_in_one_folder_at_once_do_not_go()
    {
        var parameter = SweepParameter.Choice(Rate, "0.02");
        var fault = default(Exception);
        Run(Options(parameter, options => (options.Trials, options.Folder, options.Progress) = (1, Folder, new Listener(happened =>
        {
            if (happened is TrialStarted) fault = Record.Exception(() => Run(Options(parameter, options => (options.Trials, options.Folder) = (1, Folder))));
        }))));
        Assert.Contains("another training", Assert.IsType<CheckpointException>(fault).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_options_is_told_at_once()
    {
        var options = new SweepOptions
        {
            Parameters = [SweepParameter.Choice("a", "1"), SweepParameter.Choice("a", "2")],
            Trials = 0,
            ReductionFactor = 1,
            TimeLimit = TimeSpan.Zero,
            Folder = " ",
            CheckpointInterval = TimeSpan.Zero,
            Notes = null!,
            OptionsOf = null!,
        };
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => new Sweep(options)).Message;
        foreach (var name in (string[])["Parameters", "Trials is 0", "ReductionFactor is 1", "TimeLimit is 00:00:00", "Folder is ", "CheckpointInterval", "Notes is null", "OptionsOf is null"])
            Assert.Contains(name, message, StringComparison.Ordinal);
    }

    private static TrainingOptions TrainingOptions(SweepSettings settings, Action<TrainingOptions>? change = null) => Rehearsal.Options(options =>
    {
        (options.Layers, options.Epochs, options.Patience, options.Dropout) = (1, Epochs, 100, 0.1);
        if (settings.ContainsKey(Rate)) options.Optimizer.LearningRate = settings.Number(Rate);
        change?.Invoke(options);
    });

    private static SweepOptions Options(SweepParameter parameter, Action<SweepOptions>? change = null, Action<TrainingOptions>? training = null)
    {
        var options = new SweepOptions { Parameters = [parameter], OptionsOf = settings => TrainingOptions(settings, training) };
        change?.Invoke(options);
        return options;
    }

    private SweepResult Run(SweepOptions options, ITrainingEngine? engine = null, TimeProvider? time = null)
        => new Sweep(options, engine, time ?? new ManualTime()).Run(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation);

    private static IEnumerable<string> Describe(SweepResult result)
        => result.Trials.Select(trial => FormattableString.Invariant($"{trial.Number} {trial.Settings} {trial.Rung} {trial.Outcome} {trial.Perplexity:R} {trial.Epochs}"));

    private string CopyOf(string folder, int number)
    {
        var copy = temporary[$"copy-{number}"];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var to = Path.Join(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        return copy;
    }

    private sealed class Listener(Action<SweepEvent>? act = null) : IProgress<SweepEvent>
    {
        public List<SweepEvent> Events { get; } = [];

        public void Report(SweepEvent value)
        {
            Events.Add(value);
            act?.Invoke(value);
        }
    }
}
