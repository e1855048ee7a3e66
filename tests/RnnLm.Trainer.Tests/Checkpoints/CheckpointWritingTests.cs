using RnnLm.Persistence;
using RnnLm.Tests;

namespace RnnLm.Training.Tests.Checkpoints;

public sealed class CheckpointWritingTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private IEnumerable<long> Steps => Directory.GetFiles(temporary["run"]).Select(path => long.Parse(Path.GetFileNameWithoutExtension(path)["step-".Length..])).Order();

    [Fact]
    public void Training_with_checkpoints_gives_what_it_gives_without()
        => Rehearsal.Train(Rehearsal.Options(), temporary["run"]).AssertSameResult(Rehearsal.Train(Rehearsal.Options()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_newest_stay_and_what_else_is_in_the_folder(int keep)
    {
        Directory.CreateDirectory(temporary["run"]);
        foreach (var foreign in (string[])["notes.txt", "step-1.checkpoint.bak", "steps.checkpoint", ".step-000000000003.checkpoint.1f0a83b2.tmp"]) File.WriteAllText(Path.Join(temporary["run"], foreign), "");
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Keep = keep);
        var names = Directory.GetFiles(temporary["run"]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["notes.txt", .. Enumerable.Range((int)run.Steps + 1 - keep, keep).Select(step => $"step-{step:D12}.checkpoint"), "step-1.checkpoint.bak", "steps.checkpoint"],
            names);
    }

    [Fact]
    public void Checkpoints_are_told_of_with_their_files()
    {
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => (checkpoint.IntervalWindows, checkpoint.Keep) = (4, 1000));
        var written = run.Events.OfType<CheckpointWritten>().ToList();
        Assert.Equal([0, .. Enumerable.Range(1, (int)run.Steps / 4).Select(count => 4L * count), run.Steps], written.Select(happened => happened.Step));
        Assert.All(written, happened => Assert.Equal(CheckpointFolder.PathOf(temporary["run"], happened.Step), happened.Path));
        Assert.All(written, happened => Assert.Equal(new FileInfo(happened.Path).Length, happened.Bytes));
        Assert.Equal([1, 3], new[] { written[0].Epoch, written[^1].Epoch });
        Assert.Null(run.Result!.CheckpointFault);
        Assert.IsType<CheckpointWritten>(run.Events[1]); // before the first window
        Assert.IsType<TrainingCompleted>(run.Events[^1]); // after the last checkpoint
    }

    [Fact]
    public void By_time_a_checkpoint_is_due_when_training_has_gone_on_for_the_interval()
    {
        var time = new ManualTime();
        var engine = new ObservedEngine { Training = _ => time.Advance(Second) };
        var run = Rehearsal.Train(
            Rehearsal.Options(), temporary["run"], time: time, engine: engine, checkpoint: checkpoint => (checkpoint.IntervalWindows, checkpoint.Interval) = (null, 3.5 * Second));
        Assert.Equal([0, .. Enumerable.Range(1, (int)run.Steps / 4).Select(count => 4L * count), run.Steps], run.Events.OfType<CheckpointWritten>().Select(happened => happened.Step));
    }

    [Fact]
    public void Notes_are_kept_as_they_are()
    {
        var notes = new Dictionary<string, string> { ["arguments"] = "[\"train\",\"a b\\n\"]", [""] = "empty name", ["é\u0000\"\\"] = "日本 🙂", ["none"] = "" };
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Notes = notes);
        var found = CheckpointFolder.Latest(temporary["run"])!;
        Assert.Equal(notes.OrderBy(note => note.Key, StringComparer.Ordinal), found.Notes.OrderBy(note => note.Key, StringComparer.Ordinal));
        Assert.Equal((3, run.Steps), (found.Epoch, found.Step));
        Assert.Equal(Rehearsal.Options().Describe().OrderBy(option => option.Key), found.Options.OrderBy(option => option.Key));
        Assert.Empty(found.PassedOver);
    }

    [Fact]
    public void Where_none_is_to_be_and_there_is_one_or_one_is_to_be_and_there_is_none_nothing_begins()
    {
        CheckpointException Refused(CheckpointResumption resumption)
            => Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Resumption = resumption));
        void Train(CheckpointResumption resumption) => Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Resumption = resumption);

        Assert.Equal($"There is no checkpoint to go on from since there is no folder \"{temporary["run"]}\".", Refused(CheckpointResumption.Required).Message);
        Directory.CreateDirectory(temporary["run"]);
        Assert.Equal($"There is no checkpoint to go on from in the folder \"{temporary["run"]}\".", Refused(CheckpointResumption.Required).Message);
        Assert.Null(CheckpointFolder.Latest(temporary["run"]));
        Train(CheckpointResumption.Never);
        var before = Steps.ToList();
        Assert.StartsWith($"The folder \"{temporary["run"]}\" has checkpoints already.", Refused(CheckpointResumption.Never).Message, StringComparison.Ordinal);
        Assert.Equal(before, Steps);
        Train(CheckpointResumption.Required);
        // A damaged one is one too.
        foreach (var path in Directory.GetFiles(temporary["run"])) File.WriteAllText(path, "");
        Refused(CheckpointResumption.Never);
    }

    [Fact]
    public void A_folder_that_cannot_be_is_found_out_before_the_first_window()
    {
        File.WriteAllText(temporary["file"], "");
        var steps = 0;
        var engine = new ObservedEngine { Training = _ => steps++ };
        var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["file"], engine: engine));
        Assert.Contains($"No checkpoint can be written into the folder \"{temporary["file"]}\"", refused.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IOException>(refused.InnerException);
        Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), Path.Join(temporary["file"], "run"), engine: engine));
        Assert.Equal(0, steps);
        Assert.True(File.Exists(temporary["file"]));
    }

    [UnprivilegedFact]
    public void A_folder_that_may_not_be_written_to_is_found_out_before_a_window()
    {
        if (OperatingSystem.IsWindows()) return; // which the compiler does not know of
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        Directory.CreateDirectory(temporary["empty"]);
        foreach (var folder in (string[])[temporary["run"], temporary["empty"]])
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), folder));
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_in_which_nothing_can_be_made_is_found_out_before_a_window_whether_there_is_a_checkpoint_or_not(bool isThere)
    {
        if (isThere) Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        else Directory.CreateDirectory(temporary["run"]);
        var (before, steps) = (Directory.GetFiles(temporary["run"]), 0);
        var engine = new ObservedEngine { Name = new ManagedEngine().Name, Training = _ => steps++ };
        var refused = Assert.Throws<CheckpointException>(
            () => Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: engine, checkpoint: checkpoint => checkpoint.Files = new ReadOnlyFiles()));
        Assert.Contains(temporary["run"], refused.Message, StringComparison.Ordinal);
        Assert.Contains("It may only be read.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(temporary["run"]));
        Assert.Equal(0, steps);
        // To look for what is there it need not be written to.
        Assert.Equal(isThere, CheckpointFolder.Latest(temporary["run"], new ReadOnlyFiles()) is not null);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_ends_nothing_and_is_told_of()
    {
        var whole = Rehearsal.Train(Rehearsal.Options());
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is not CheckpointWritten { Step: 4 }) return;
            Directory.Delete(temporary["run"], recursive: true);
            File.WriteAllText(temporary["run"], "in its place");
        });
        run.AssertSameResult(whole);
        Assert.Equal([0L, 1, 2, 3, 4], run.Events.OfType<CheckpointWritten>().Select(written => written.Step));
        var failed = run.Events.OfType<CheckpointFailed>().ToList();
        Assert.Equal(whole.Steps - 4 + 1, failed.Count); // and the last one at the end
        Assert.Equal(CheckpointFolder.PathOf(temporary["run"], 5), failed[0].Path);
        Assert.Same(failed[^1].Fault, run.Result!.CheckpointFault);
        Assert.IsAssignableFrom<IOException>(run.Result.CheckpointFault);
        Assert.StartsWith("No checkpoint could be written: ", failed[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("in its place", File.ReadAllText(temporary["run"]));
    }

    [Fact]
    public void A_folder_that_is_gone_is_made_again_and_a_fault_that_is_over_is_none()
    {
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is CheckpointWritten { Step: 4 })
            {
                Directory.Delete(temporary["run"], recursive: true);
                File.WriteAllText(temporary["run"], "in its place");
            }
            if (happened is TrainingProgressed { Step: 8 }) File.Delete(temporary["run"]);
        });
        Assert.NotEmpty(run.Events.OfType<CheckpointFailed>());
        Assert.Null(run.Result!.CheckpointFault);
        Rehearsal.Train(Rehearsal.Options(), temporary["run"]).AssertSameResult(run);
    }

    [Fact]
    public void A_listener_that_throws_changes_nothing_of_the_checkpoints()
    {
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is CheckpointWritten { Step: 2 }) throw new InvalidOperationException("No more of that.");
        });
        Assert.Equal("No more of that.", run.Result!.ListenerFault!.Message);
        Assert.Null(run.Result.CheckpointFault);
        Assert.Equal(Rehearsal.Train(Rehearsal.Options()).Steps, Steps.Last());
    }

    [Fact]
    public void An_engine_that_cannot_save_its_state_is_refused_by_name_before_the_first_window()
    {
        var steps = 0;
        var engine = new ObservedEngine { Name = "forgetful", Saved = _ => false, Training = _ => steps++ };
        var refused = Assert.Throws<NotSupportedException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: engine));
        Assert.Contains("\"forgetful\" cannot save its state", refused.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: new ScriptedEngine()));
        Assert.Equal(0, steps);
        Assert.False(Directory.Exists(temporary["run"]));
        Rehearsal.Train(Rehearsal.Options(), engine: engine);
        ITrainingSession session = new ScriptedEngine().Start(new NetworkWeights(Rehearsal.Options().ShapeFor(5)), Rehearsal.Options());
        Assert.Throws<NotSupportedException>(() => session.RestoreState(new TrainingState()));
    }

    [Fact]
    public void A_state_that_is_not_finite_is_not_written_over_a_good_one()
    {
        var saved = 0;
        var engine = new ObservedEngine
        {
            Saved = state =>
            {
                if (++saved > 4) state.Part("weights").Set("output_bias", [1, float.NaN]);
                return true;
            },
        };
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: engine, checkpoint: checkpoint => checkpoint.Keep = 1);
        Assert.IsType<NotFiniteNumberException>(run.Result!.CheckpointFault);
        Assert.Contains("engine.weights.output_bias", run.Result.CheckpointFault.Message, StringComparison.Ordinal);
        Assert.Equal(run.Events.OfType<CheckpointWritten>().Last().Step, Assert.Single(Steps));
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: new ObservedEngine()).AssertGoesOnAs(Rehearsal.Train(Rehearsal.Options()));
    }

    [Fact]
    public void After_divergence_or_a_failure_of_the_engine_there_is_no_further_checkpoint()
    {
        var diverging = Rehearsal.Options(options => (options.Optimizer, options.GradientClip, options.Dropout) = (new Sgd { LearningRate = 1e30 }, 1e30, 0));
        Assert.Throws<TrainingDivergedException>(() => Rehearsal.Train(diverging, temporary["run"], checkpoint: checkpoint => checkpoint.IntervalWindows = 1000));
        Assert.Equal([0L], Steps);

        var failing = new ObservedEngine { Training = step => throw new InvalidOperationException($"Step {step} is too much.") };
        var failed = Assert.Throws<TrainingFailedException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["failing"], engine: failing));
        Assert.Equal("Step 1 is too much.", failed.InnerException!.Message);
        Assert.Single(Directory.GetFiles(temporary["failing"]));
    }

    [Fact]
    public void An_engine_that_broke_off_a_step_is_not_asked_for_its_state()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ObservedEngine
        {
            Training = step =>
            {
                if (step != 6) return;
                cancellation.Cancel();
                throw new OperationCanceledException();
            },
            Saved = _ => !cancellation.IsCancellationRequested ? true : throw new InvalidOperationException("There is no state."),
        };
        var options = Rehearsal.Options(options => (options.CancellationToken, options.Checkpoint) = (cancellation.Token, new CheckpointOptions { Folder = temporary["run"], IntervalWindows = 2 }));
        Assert.Throws<OperationCanceledException>(
            () => new LanguageModelTrainer(options, engine).Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation));
        Assert.Equal(4, Steps.Last());
    }

    [Fact]
    public void The_time_of_all_parts_together_counts_and_more_of_it_goes_on_as_if_it_had_been_allowed_from_the_start()
    {
        Rehearsal Train(double? seconds, string? folder)
        {
            var time = new ManualTime();
            var engine = new ObservedEngine { Training = _ => time.Advance(Second), Evaluating = () => time.Advance(0.1 * Second) };
            return Rehearsal.Train(Rehearsal.Options(options => options.TimeLimit = seconds * Second), folder, time: time, engine: engine, checkpoint: checkpoint => checkpoint.IntervalWindows = 1000);
        }

        var whole = Train(null, null);
        // Within the first epoch nothing has been learned yet.
        Assert.Throws<TrainingFailedException>(() => Train(2, temporary["2"]));
        Assert.Throws<TrainingFailedException>(() => Train(2, temporary["2"]));
        Train(null, temporary["2"]).AssertSameResult(whole);
        foreach (var seconds in (double[])[8.5, 9.5, 13])
        {
            var limited = Train(seconds, temporary[$"{seconds}"]);
            Assert.Equal(StopReason.TimeLimit, limited.Result!.StopReason);
            // The same limit again: there is nothing left of it.
            var again = Train(seconds, temporary[$"{seconds}"]);
            Assert.Equal(StopReason.TimeLimit, again.Result!.StopReason);
            Assert.DoesNotContain(again.Events, happened => happened is TrainingProgressed);
            foreach (var (expected, actual) in limited.Result.Weights.Parameters.Zip(again.Result.Weights.Parameters)) Assert.Equal(expected.Values, actual.Values);
            var longer = Train(null, temporary[$"{seconds}"]);
            longer.AssertSameResult(whole);
        }
    }

    [Fact]
    public void Options_of_checkpoints_that_are_out_of_range_are_named()
    {
        var options = new TrainingOptions
        {
            Checkpoint = new CheckpointOptions
            {
                Folder = " ",
                Interval = TimeSpan.Zero,
                IntervalWindows = 0,
                Keep = 0,
                Resumption = (CheckpointResumption)7,
                Notes = new Dictionary<string, string> { ["a"] = null!, ["b"] = new('x', 1 << 20) },
            },
        };
        Assert.Equal(
            [
                "Checkpoint.Folder is \" \"; it must be the path of a folder.",
                "Checkpoint.Interval is 00:00:00; it must be longer than zero.",
                "Checkpoint.IntervalWindows is 0; it must be at least 1.",
                "Checkpoint.Keep is 0; it must be at least 1.",
                "Checkpoint.Resumption is 7; it must be one of IfPresent, Required, Never.",
                "Checkpoint.Notes in characters is 1,048,578; it must be at most 1,048,576.",
                "Checkpoint.Notes[\"a\"] is null; it must be text.",
            ],
            Assert.Throws<TrainingOptionsException>(options.Validate).Faults);
        options.Checkpoint = new CheckpointOptions { Notes = null! };
        Assert.Equal(["Checkpoint.Folder is \"\"; it must be the path of a folder.", "Checkpoint.Notes is null; leave it as it is for the defaults."], Assert.Throws<TrainingOptionsException>(options.Validate).Faults);
    }

    [Fact]
    public void A_copy_of_the_options_shares_nothing_with_them()
    {
        var notes = new Dictionary<string, string> { ["a"] = "1" };
        var options = new TrainingOptions { Checkpoint = new CheckpointOptions { Folder = "x", Notes = notes } };
        var copy = options.Clone().Checkpoint!;
        (options.Checkpoint.Folder, notes["a"]) = ("y", "2");
        Assert.Equal(("x", "1"), (copy.Folder, copy.Notes["a"]));
        Assert.Null(new TrainingOptions().Clone().Checkpoint);
    }

    /// <summary>The real file system, which may only be read.</summary>
    private sealed class ReadOnlyFiles : FileSystem
    {
        public override FileStream Open(string path, FileStreamOptions options) => options.Access == FileAccess.Read ? base.Open(path, options) : throw Refusal();

        public override void Move(string path, string destination) => throw Refusal();

        public override void Delete(string path) => throw Refusal();

        private static UnauthorizedAccessException Refusal() => new("It may only be read.");
    }
}
