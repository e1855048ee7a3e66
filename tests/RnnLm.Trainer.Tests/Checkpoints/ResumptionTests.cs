namespace RnnLm.Training.Tests.Checkpoints;

public sealed class ResumptionTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    // At the beginning and at the end.
    private static void Seldom(CheckpointOptions checkpoint) => checkpoint.IntervalWindows = 1000;

    [Theory]
    [MemberData(nameof(Rehearsal.Kinds), MemberType = typeof(Rehearsal))]
    public void A_run_that_was_cancelled_goes_on_as_if_nothing_had_happened(CellKind cell, string optimizer, string softmax, BatchMode mode, int turn)
    {
        var options = Rehearsal.Options(cell, optimizer, softmax, mode, turn);
        var validates = turn % 7 != 0;
        var whole = Rehearsal.Train(options, validates: validates);
        var step = 1 + turn % (whole.Steps - 1);
        Rehearsal.Train(options, temporary["run"], validates, happened => happened is TrainingProgressed progressed && progressed.Step == step, checkpoint: Seldom);
        Rehearsal.Train(options, temporary["run"], validates, checkpoint: Seldom).AssertGoesOnAs(whole);
    }

    [Theory]
    [MemberData(nameof(Rehearsal.Kinds), MemberType = typeof(Rehearsal))]
    public void Every_checkpoint_of_a_run_that_went_on_has_the_bytes_of_one_that_was_never_broken_off(CellKind cell, string optimizer, string softmax, BatchMode mode, int turn)
    {
        // Whatever has state that it forgets to save makes a later state differ.
        var options = Rehearsal.Options(cell, optimizer, softmax, mode, turn);
        var validates = turn % 5 != 0;
        void KeepAll(CheckpointOptions checkpoint) => (checkpoint.IntervalWindows, checkpoint.Keep) = (4, 1000);
        var whole = Rehearsal.Train(options, temporary["whole"], validates, checkpoint: KeepAll);
        var files = Directory.GetFiles(temporary["whole"]).Order(StringComparer.Ordinal).ToList();

        var begin = turn % (files.Count - 1);
        var folder = temporary.CopyOf(temporary["whole"], "again", Path.GetFileName(files[begin]));
        Rehearsal.Train(options, folder, validates, checkpoint: KeepAll).AssertGoesOnAs(whole);
        foreach (var file in files.Skip(begin))
        {
            var again = Path.Join(folder, Path.GetFileName(file));
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(again)), $"{Path.GetFileName(file)} differs after {Path.GetFileName(files[begin])}.");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Wherever_a_run_that_is_regularized_in_every_way_is_broken_off_it_goes_on_as_if_nothing_had_happened(int threads)
    {
        var options = Rehearsal.Options(options => (options.RandomWindow, options.PartialShuffle, options.Threads) = (true, true, threads));
        Rehearsal.Regularize(options);
        var whole = Rehearsal.Train(options);
        Assert.InRange(whole.Steps, 6, 100);
        for (var step = 1; step < whole.Steps; step++)
        {
            var folder = temporary[$"{step}"];
            Rehearsal.Train(options, folder, cancelAt: happened => happened is TrainingProgressed progressed && progressed.Step == step, checkpoint: Seldom);
            Rehearsal.Train(options, folder, checkpoint: Seldom).AssertGoesOnAs(whole);
        }
    }

    [Theory]
    [InlineData(BatchMode.Streams, true)]
    [InlineData(BatchMode.Streams, false)]
    [InlineData(BatchMode.Rows, true)]
    public void Whatever_is_told_when_it_is_cancelled_it_goes_on_as_if_nothing_had_happened(BatchMode mode, bool validates)
    {
        var options = Rehearsal.Options(options => options.BatchMode = mode);
        var whole = Rehearsal.Train(options, validates: validates);
        for (var moment = 0; moment < whole.Events.Count - 1; moment++)
        {
            var folder = temporary[$"{moment}"];
            var told = 0;
            var broken = Rehearsal.Train(options, folder, validates, happened => happened is not CheckpointWritten && told++ == moment, checkpoint: Seldom);
            // There is nothing to be broken off any more when the last epoch has its result.
            if (broken.Result?.StopReason == StopReason.EpochsCompleted) Rehearsal.Train(options, folder, validates, checkpoint: Seldom).AssertSameResult(whole);
            else Rehearsal.Train(options, folder, validates, checkpoint: Seldom).AssertGoesOnAs(whole);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_process_that_dies_goes_on_from_its_newest_checkpoint(int interval)
    {
        var options = Rehearsal.Options();
        var copies = new List<string>();
        var whole = Rehearsal.Train(options, temporary["run"], checkpoint: checkpoint => checkpoint.IntervalWindows = interval, act: happened =>
        {
            if (happened is CheckpointWritten written) copies.Add(temporary.CopyOf(temporary["run"], $"{copies.Count}"));
        });
        Assert.Equal(1 + whole.Steps / interval + 1, copies.Count); // at the beginning, when they are due, and at the end
        foreach (var copy in copies.SkipLast(1)) Rehearsal.Train(options, copy).AssertGoesOnAs(whole);
        Rehearsal.Train(options, copies[^1]).AssertSameResult(whole);
    }

    [Fact]
    public void A_run_may_be_broken_off_again_and_again()
    {
        var options = Rehearsal.Options();
        var whole = Rehearsal.Train(options);
        for (var part = 1; part < whole.Steps; part++)
        {
            // Each part trains a window more, if it trains any: it is cancelled as soon as it has begun to.
            Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed progressed && progressed.Step >= part);
        }
        Rehearsal.Train(options, temporary["run"]).AssertGoesOnAs(whole);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_epochs_after_the_end_are_as_if_they_had_been_asked_for_from_the_start(bool validates)
    {
        // With this learning rate validation does not always improve, so that the rate is lowered and patience counts.
        var options = Rehearsal.Options(options => (options.Optimizer.LearningRate, options.Epochs, options.Patience) = (0.1, 12, 3));
        var whole = Rehearsal.Train(options, validates: validates);
        for (var epochs = 1; epochs < whole.Result!.Epochs.Count; epochs++)
        {
            options.Epochs = epochs;
            Assert.Equal(epochs, Rehearsal.Train(options, temporary["run"], validates).Result!.Epochs.Count);
        }
        options.Epochs = 12;
        Rehearsal.Train(options, temporary["run"], validates).AssertSameResult(whole);
        if (validates) Assert.Equal(StopReason.NoImprovement, whole.Result.StopReason);

        options.Patience = 1000;
        Rehearsal.Train(options, temporary["run"], validates).AssertSameResult(Rehearsal.Train(options, validates: validates));
    }

    [Fact]
    public void A_run_that_has_ended_gives_its_result_again_without_training()
    {
        var options = Rehearsal.Options();
        var whole = Rehearsal.Train(options, temporary["run"]);
        var again = Rehearsal.Train(options, temporary["run"]);
        again.AssertSameResult(whole);
        Assert.DoesNotContain(again.Events, happened => happened is TrainingProgressed or EpochCompleted);
    }

    [Fact]
    public void Fewer_epochs_than_have_begun_give_what_there_was_after_those()
    {
        var options = Rehearsal.Options();
        Rehearsal.Train(options, temporary["run"], cancelAt: happened => happened is TrainingProgressed { Epoch: 3, EpochShare: > 0.4 });
        options.Epochs = 2;
        Rehearsal.Train(options, temporary["run"]).AssertSameResult(Rehearsal.Train(options));
    }
}
