using System.Text.RegularExpressions;
using RnnLm.Persistence;
using RnnLm.Tests.Persistence;
using Xunit.Abstractions;

namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>
/// A training with checkpoints whose operations on files are made to fail, each in turn: it comes to its end with the weights that it has without, the folder
/// holds whole checkpoints, and from there another goes on.
/// </summary>
public sealed partial class CheckpointFailureTests(ITestOutputHelper output) : IDisposable
{
    private const string LeftOfAnother = ".step-000000000003.checkpoint.1f0a83b2.tmp";
    private const int Keep = 2;
    private const int Interval = 2;

    private static readonly TrainingOptions Options = Rehearsal.Options(options => (options.Epochs, options.Layers) = (1, 1));
    private static readonly Rehearsal Whole = Rehearsal.Train(Options);

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private string Folder => temporary["run"];

    private string[] Names => Directory.Exists(Folder) ? [.. Directory.GetFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    private string[] Checkpoints => [.. Names.Where(name => name.EndsWith(".checkpoint", StringComparison.Ordinal))];

    [Theory]
    [InlineData(Failure.Once)]
    [InlineData(Failure.OnceDone)]
    [InlineData(Failure.Crash)]
    [InlineData(Failure.NoRoom)]
    [InlineData(Failure.TooLong)]
    public void Each_operation_of_a_run_may_fail_and_it_ends_with_its_weights_and_another_goes_on(Failure failure)
    {
        var first = OperationsOfTheFirst();
        var failed = new List<string>();
        var (refused, told) = (0, 0);
        for (var operation = 1; ; operation++)
        {
            // Beside what a process that was killed has left of a checkpoint that will not be written again.
            Begin(LeftOfAnother);
            var files = new FailingFileSystem(operation, failure);
            var run = default(Rehearsal);
            var fault = Record.Exception(() => run = Train(files));
            if (files.Failed is null)
            {
                Assert.Null(fault);
                Assert.DoesNotContain(run!.Events, happened => happened is CheckpointFailed);
                AssertClean();
                break;
            }
            failed.Add(files.Failed);
            if (fault is not null)
            {
                Assert.True(fault is CheckpointException, $"{fault}");
                Assert.InRange(operation, 1, first);
                refused++;
            }
            else
            {
                run!.AssertSameResult(Whole);
                if (run.Events.Any(happened => happened is CheckpointFailed)) told++;
                // What fails once is made good by the next.
                if (failure is Failure.Once or Failure.OnceDone && run.Result!.CheckpointFault is not null) Assert.IsType<CheckpointFailed>(run.Events[^2]);
            }
            AssertWhole();
            var found = CheckpointFolder.Latest(Folder);
            Assert.True(fault is not null || found is not null, files.Failed);

            var again = Train(new FailingFileSystem());
            if (found is null) again.AssertSameResult(Whole);
            else if (found.Step == Whole.Steps) again.AssertSameResult(Whole);
            else again.AssertGoesOnAs(Whole);
            Assert.Equal(found?.Path, again.Events.OfType<TrainingResumed>().SingleOrDefault()?.Checkpoint);
            AssertClean();
        }
        output.WriteLine($"{failure}: {failed.Count} operations, {first} until the first checkpoint; {refused} runs refused, {told} told of a failure.");
        output.WriteLine(string.Join(", ", failed.CountBy(name => name)));
        Assert.InRange(failed.Count, 200, int.MaxValue);
        Assert.InRange(refused, 10, first);
        Assert.InRange(told, 20, failed.Count);
        foreach (var one in (string[])["make a folder", "look", "look for a folder", "make", "write", "flush to the disk", "list", "move", "delete", "close"]) Assert.Contains(one, failed);
    }

    [Fact]
    public void What_cannot_be_deleted_costs_nothing_and_is_deleted_the_next_time()
    {
        Begin();
        var files = new Undeleting();
        var run = Train(files);
        run.AssertSameResult(Whole);
        Assert.DoesNotContain(run.Events, happened => happened is CheckpointFailed);
        Assert.Null(run.Result!.CheckpointFault);
        Assert.InRange(files.Refused, 3, int.MaxValue);
        Assert.InRange(Checkpoints.Length, Keep + 2, int.MaxValue);
        AssertWhole();
        Train(FileSystem.Real).AssertSameResult(Whole);
        AssertClean();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_engine_that_can_no_longer_save_its_state_costs_the_checkpoint_alone(bool throws)
    {
        var trained = 0;
        var engine = new ObservedEngine
        {
            Training = step => trained = step,
            Saved = _ => trained < 3 || (throws ? throw new InvalidOperationException("It is lost.") : false),
        };
        var run = Rehearsal.Train(Options, Folder, engine: engine);
        run.AssertSameResult(Whole);
        Assert.NotEmpty(run.Events.OfType<CheckpointFailed>());
        Assert.NotNull(run.Result!.CheckpointFault);
        Assert.Equal(2, CheckpointFolder.Latest(Folder)!.Step);
    }

    [Theory]
    [InlineData(Failure.Once)]
    [InlineData(Failure.OnceDone)]
    [InlineData(Failure.Crash)]
    [InlineData(Failure.NoRoom)]
    [InlineData(Failure.EndOfFile)]
    public void Each_operation_of_a_run_that_goes_on_may_fail_and_it_ends_with_its_weights_or_says_why_not(Failure failure)
    {
        var broken = BrokenOff();
        var failed = new List<string>();
        var (refused, passedOver) = (0, 0);
        for (var operation = 1; ; operation++)
        {
            BeginWith(broken);
            var (before, files, run) = (Checkpoints, new FailingFileSystem(operation, failure), default(Rehearsal));
            var fault = Record.Exception(() => run = Train(files));
            if (fault is null)
            {
                run!.AssertGoesOnAs(Whole);
                if (run.Events.OfType<TrainingResumed>().Single().PassedOver.Count > 0) passedOver++;
            }
            else
            {
                Assert.True(fault is CheckpointException, $"{fault}");
                Assert.Equal(before, Checkpoints);
                refused++;
            }
            AssertWhole();
            if (files.Failed is null)
            {
                Assert.Null(fault);
                break;
            }
            failed.Add(files.Failed);
            Train(FileSystem.Real).AssertSameResult(Whole);
            AssertClean();
        }
        output.WriteLine($"{failure}: {failed.Count} operations; {refused} runs refused, {passedOver} passed a checkpoint over.");
        output.WriteLine(string.Join(", ", failed.CountBy(name => name)));
        Assert.InRange(failed.Count, 100, int.MaxValue);
        Assert.InRange(refused + passedOver, 10, int.MaxValue);
        foreach (var one in (string[])["look", "look for a folder", "open", "read", "list", "make"]) Assert.Contains(one, failed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_checkpoint_that_gives_a_few_bytes_at_a_time_is_gone_on_from_all_the_same(int bytes)
    {
        BeginWith(BrokenOff());
        var files = new FailingFileSystem { MostInRead = bytes };
        Train(files).AssertGoesOnAs(Whole);
        var reads = files.Operations.Count(name => name == "read");
        output.WriteLine($"{reads} reads.");
        Assert.InRange(reads, 5_000 / bytes, int.MaxValue);
    }

    private Rehearsal Train(FileSystem files) => Rehearsal.Train(
        Options, Folder, checkpoint: checkpoint => (checkpoint.IntervalWindows, checkpoint.Keep, checkpoint.Files) = (Interval, Keep, files));

    /// <summary>How many operations there are until the first checkpoint is written, and the folder looked through.</summary>
    private int OperationsOfTheFirst()
    {
        Begin(LeftOfAnother);
        var (files, first) = (new FailingFileSystem(), 0);
        Rehearsal.Train(
            Options, Folder, checkpoint: checkpoint => (checkpoint.IntervalWindows, checkpoint.Keep, checkpoint.Files) = (Interval, Keep, files),
            act: happened => first = happened is CheckpointWritten { Step: 0 } ? files.Operations.Count : first);
        return first;
    }

    /// <summary>A folder with the two checkpoints that a run had when its process died.</summary>
    private string BrokenOff()
    {
        Begin();
        string? copy = null;
        Rehearsal.Train(Options, Folder, checkpoint: checkpoint => (checkpoint.IntervalWindows, checkpoint.Keep) = (Interval, Keep), act: happened =>
        {
            if (happened is CheckpointWritten { Step: Interval }) copy = temporary.CopyOf(Folder, "broken off");
        });
        Assert.Equal(Keep, Directory.GetFiles(copy!).Length);
        return copy!;
    }

    private void Begin(params string[] left)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var name in left) File.WriteAllText(Path.Join(Folder, name), "left");
    }

    private void BeginWith(string checkpoints)
    {
        Directory.Delete(Folder, recursive: true);
        temporary.CopyOf(checkpoints, "run");
    }

    /// <summary>Fails where there is a checkpoint that is not whole, or anything but what the next run removes.</summary>
    private void AssertWhole()
    {
        foreach (var name in Checkpoints) CheckpointFile.Check(Path.Join(Folder, name));
        Assert.All(Names.Except(Checkpoints), name => Assert.Matches(Left(), name));
    }

    private void AssertClean()
    {
        AssertWhole();
        Assert.Equal(Names, Checkpoints);
        Assert.Equal(CheckpointFolder.PathOf(Folder, Whole.Steps), Path.Join(Folder, Checkpoints[^1]));
        Assert.InRange(Checkpoints.Length, 1, Keep);
    }

    [GeneratedRegex(@"^(\.training\.lock|\.step-[0-9]{12,19}\.checkpoint\.[0-9a-f]{8}\.tmp)$")]
    private static partial Regex Left();

    /// <summary>The real file system, in which no checkpoint is deleted.</summary>
    private sealed class Undeleting : FileSystem
    {
        public int Refused { get; private set; }

        public override void Delete(string path)
        {
            if (path.EndsWith(".checkpoint", StringComparison.Ordinal))
            {
                Refused++;
                throw new UnauthorizedAccessException("It stays.");
            }
            base.Delete(path);
        }
    }
}
