using RnnLm.Persistence;

namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>Two trainings that are given one folder for their checkpoints.</summary>
public sealed class TwoTrainingsTests : IDisposable
{
    private const string Lock = ".training.lock";

    private readonly TemporaryFolder temporary = new();
    private readonly Rehearsal whole = Rehearsal.Train(Rehearsal.Options());

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(CheckpointResumption.IfPresent)]
    [InlineData(CheckpointResumption.Required)]
    [InlineData(CheckpointResumption.Never)]
    public void The_second_is_refused_while_the_first_runs_and_the_first_does_not_notice(CheckpointResumption resumption)
    {
        var refused = new List<string>();
        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is not CheckpointWritten) return; // at which moment none is being written
            var before = Content();
            var folder = Path.Join(temporary["run"], "..", "run", ".");
            refused.Add(Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), folder, checkpoint: checkpoint => checkpoint.Resumption = resumption)).Message);
            // It may be known before a corpus is read.
            var options = Rehearsal.Options(options => options.Checkpoint = new CheckpointOptions { Folder = folder, Resumption = resumption });
            refused.Add(Assert.Throws<CheckpointException>(new LanguageModelTrainer(options).CheckEngine).Message);
            Assert.Equal(before, Content());
        });
        Assert.Null(run.Result!.ListenerFault);
        Assert.InRange(refused.Count, 20, int.MaxValue);
        Assert.All(refused, message => Assert.Equal(
            $"The folder \"{temporary["run"]}\" is being written by another training. Wait until that has ended, or name another folder.", message));
        run.AssertSameResult(whole);
        Assert.DoesNotContain(run.Events, happened => happened is CheckpointFailed);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("cancellation")]
    [InlineData("failure")]
    [InlineData("divergence")]
    [InlineData("refusal")]
    public void However_the_first_ends_the_folder_is_free(string end)
    {
        var options = Rehearsal.Options();
        if (end == "end") Rehearsal.Train(options, temporary["run"]);
        if (end == "cancellation") Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 5 });
        if (end == "failure")
        {
            var engine = new ObservedEngine { Name = new ManagedEngine().Name, Training = step => { if (step == 5) throw new InvalidOperationException("Enough."); } };
            Assert.Throws<TrainingFailedException>(() => Rehearsal.Train(options, temporary["run"], engine: engine));
        }
        if (end == "divergence")
        {
            var diverging = Rehearsal.Options(options => (options.Optimizer, options.GradientClip, options.Dropout) = (new Sgd { LearningRate = 1e30 }, 1e30, 0));
            Assert.Throws<TrainingDivergedException>(() => Rehearsal.Train(diverging, temporary["run"], checkpoint: checkpoint => checkpoint.IntervalWindows = 1000));
        }
        if (end is "refusal")
        {
            Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 5 });
            Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(options => options.HiddenSize = 9), temporary["run"]));
        }
        Assert.NotEmpty(Names());
        Assert.DoesNotContain(Lock, Names());
        if (end == "divergence") foreach (var path in Directory.GetFiles(temporary["run"])) File.Delete(path);
        Rehearsal.Train(options, temporary["run"]).AssertSameResult(whole);
    }

    [Fact]
    public void The_file_that_a_killed_training_leaves_is_in_nobodys_way_and_is_removed()
    {
        Directory.CreateDirectory(temporary["run"]);
        File.WriteAllText(temporary[$"run/{Lock}"], "");
        Assert.Null(CheckpointFolder.Latest(temporary["run"]));
        Assert.False(CheckpointFolder.HasAny(temporary["run"]));
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Resumption = CheckpointResumption.Never).AssertSameResult(whole);
        Assert.DoesNotContain(Lock, Names());
    }

    [Fact]
    public void Trainings_in_folders_of_their_own_do_not_mind_one_another()
    {
        Rehearsal? inner = null;
        var outer = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is CheckpointWritten { Step: 3 }) inner = Rehearsal.Train(Rehearsal.Options(), temporary["run/inner"]);
        });
        outer.AssertSameResult(whole);
        inner!.AssertSameResult(whole);
    }

    [Fact]
    public void A_folder_that_vanished_and_that_another_training_has_made_anew_is_left_to_that()
    {
        Rehearsal? second = null;
        Rehearsal? third = null;
        var first = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is not CheckpointWritten { Step: 4 }) return;
            Directory.Delete(temporary["run"], recursive: true);
            second = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
            {
                if (happened is not CheckpointWritten { Step: 6 }) return;
                Assert.Throws<CheckpointException>(() => third = Rehearsal.Train(Rehearsal.Options(), temporary["run"]));
            });
        });
        second!.AssertSameResult(whole);
        Assert.Null(second.Result!.ListenerFault);
        Assert.Null(third);
        first.AssertSameResult(whole);
        Assert.DoesNotContain(Lock, Names());
    }

    [Fact]
    public void Whoever_takes_the_place_of_the_first_in_the_midst_of_it_has_the_folder_and_the_first_goes_on_without_checkpoints()
    {
        Assert.False(Directory.Exists(temporary["run"]));
        CheckpointClaim? other = null;
        var first = Rehearsal.Train(Rehearsal.Options(), temporary["run"], act: happened =>
        {
            if (happened is not CheckpointWritten { Step: 4 }) return;
            Directory.Delete(temporary["run"], recursive: true);
            other = new CheckpointClaim(temporary["run"], FileSystem.Real);
            other.Take();
        });
        using (other)
        {
            first.AssertSameResult(whole);
            Assert.IsType<CheckpointException>(first.Result!.CheckpointFault);
            // Nor has the first, when it ended, removed what is not its own.
            Assert.Equal([Lock], Names());
            Assert.Throws<CheckpointException>(() => new CheckpointClaim(temporary["run"], FileSystem.Real).Take());
        }
        Assert.Empty(Names());
    }

    [Fact]
    public void Between_the_opening_of_the_file_and_its_lock_it_may_be_removed()
    {
        Directory.CreateDirectory(temporary["run"]);
        using var first = new CheckpointClaim(temporary["run"], FileSystem.Real);
        using var third = new CheckpointClaim(temporary["run"], FileSystem.Real);
        first.Take();
        var opened = 0;
        using var second = new CheckpointClaim(temporary["run"], new Opening((path, options) =>
        {
            // The file that it has opened is that of the first, which ends; before it has the lock a third begins.
            var stream = default(FileStream);
            if (++opened == 1)
            {
                stream = new FileStream(temporary["gone"], FileMode.Create, FileAccess.ReadWrite);
                File.SetLastWriteTimeUtc(stream.SafeFileHandle, DateTime.UnixEpoch);
                first.Dispose();
                third.Take();
            }
            return stream;
        }));
        Assert.Throws<CheckpointException>(second.Take);
        Assert.InRange(opened, 2, 10);
        second.Dispose();
        Assert.Equal([Lock], Names());
        third.Dispose();
        second.Take();
        Assert.Equal([Lock], Names());
    }

    [Fact]
    public void Where_locks_mean_nothing_training_goes_on_and_removes_nothing_of_which_somebody_may_be_the_writer()
    {
        Directory.CreateDirectory(temporary["run"]);
        const string Left = ".step-000000000099.checkpoint.1f0a83b2.tmp";
        File.WriteAllText(temporary[$"run/{Left}"], "perhaps being written");
        FileStream Unlocked(string path, FileStreamOptions options)
            => new(path, new FileStreamOptions { Mode = options.Mode, Access = options.Access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

        var run = Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Files = new Opening((path, options) =>
            options.Share is FileShare.None or FileShare.Delete ? Unlocked(path, options) : null));
        run.AssertSameResult(whole);
        Assert.DoesNotContain(run.Events, happened => happened is CheckpointFailed);
    }

    [Fact]
    public void What_is_being_written_is_not_taken_for_what_was_left()
    {
        const string Left = ".step-000000000099.checkpoint.1f0a83b2.tmp";
        Directory.CreateDirectory(temporary["run"]);
        using (new FileStream(temporary[$"run/{Left}"], FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            Rehearsal.Train(Rehearsal.Options(), temporary["run"]).AssertSameResult(whole);
            Assert.Contains(Left, Names());
        }
        Rehearsal.Train(Rehearsal.Options(), temporary["run"]).AssertSameResult(whole);
        Assert.DoesNotContain(Left, Names());
    }

    [Fact]
    public void A_training_that_has_come_and_gone_before_the_folder_was_there_is_not_mixed_with()
    {
        // The folder is looked for, is not there, and the engine takes its time to start.
        var engine = new ObservedEngine
        {
            Name = new ManagedEngine().Name,
            Saved = _ =>
            {
                if (!Directory.Exists(temporary["run"])) Rehearsal.Train(Rehearsal.Options(), temporary["run"]);
                return true;
            },
        };
        var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: engine));
        Assert.StartsWith($"The folder \"{temporary["run"]}\" has checkpoints already.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Lock, Names());
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(temporary["run"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string[] Content() => [.. Names().Where(name => name != Lock).Select(name => $"{name} {Convert.ToHexString(File.ReadAllBytes(temporary[$"run/{name}"]))}"), .. Names()];

    /// <summary>The real file system, in which a file may be opened in another way.</summary>
    private sealed class Opening(Func<string, FileStreamOptions, FileStream?> open) : FileSystem
    {
        public override FileStream Open(string path, FileStreamOptions options) => open(path, options) ?? base.Open(path, options);
    }
}
