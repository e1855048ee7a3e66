namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>Alone, since the working directory is that of the whole process.</summary>
[CollectionDefinition(nameof(WorkingDirectoryTests), DisableParallelization = true)]
[Collection(nameof(WorkingDirectoryTests))]
public sealed class WorkingDirectoryTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly string before = Environment.CurrentDirectory;

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        temporary.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_process_that_goes_into_another_folder_takes_no_checkpoints_with_it(bool goesOn)
    {
        var elsewhere = Directory.CreateDirectory(temporary["elsewhere"]).FullName;
        Environment.CurrentDirectory = temporary.Path;
        if (goesOn) Rehearsal.Train(Rehearsal.Options(), "run", cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        var run = Rehearsal.Train(Rehearsal.Options(), "run", act: happened =>
        {
            if (happened is TrainingStarted or TrainingProgressed { Step: 5 }) Environment.CurrentDirectory = elsewhere;
        });
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Assert.Equal(CheckpointFolder.PathOf(temporary["run"], run.Steps), Directory.GetFiles(temporary["run"]).Max(StringComparer.Ordinal));
        Assert.Null(run.Result!.CheckpointFault);
        Assert.DoesNotContain(run.Events, happened => happened is CheckpointFailed);

        // Nor does one that does so between the making of the trainer and the training.
        Environment.CurrentDirectory = temporary.Path;
        var options = Rehearsal.Options(options => options.Checkpoint = new CheckpointOptions { Folder = "run", Resumption = CheckpointResumption.Required });
        var trainer = new LanguageModelTrainer(options);
        Environment.CurrentDirectory = elsewhere;
        trainer.CheckEngine();
        trainer.Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }
}
