namespace RnnLm.Cli.Output;

/// <summary>Training progress as JSON, an event a line.</summary>
sealed class ProgressJson(TextWriter writer) : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value)
    {
        if (Describe(value) is not { } line) return;
        writer.WriteJson(line);
        writer.Flush();
    }

    private static object? Describe(TrainingEvent value) => value switch
    {
        TrainingStarted started => new
        {
            Event = "started",
            started.Engine,
            Words = started.CorpusWords,
            started.ValidationWords,
            started.Shape.VocabularySize,
            Parameters = started.ParameterCount,
            started.Options,
        },
        InitialModelValidated initial => new
        {
            Event = "initial",
            initial.ValidationPerplexity,
            initial.ValidationContext,
            Seconds = initial.ValidationTime.TotalSeconds,
        },
        TrainingProgressed progress => new
        {
            Event = "progress",
            progress.Epoch,
            progress.Epochs,
            progress.Step,
            progress.EpochShare,
            progress.Share,
            progress.WordsPerSecond,
            progress.TrainingPerplexity,
            progress.LearningRate,
            SecondsLeft = progress.Remaining.TotalSeconds,
        },
        EpochCompleted { Result: var epoch } => new
        {
            Event = "epoch",
            epoch.Epoch,
            epoch.TrainingPerplexity,
            epoch.ValidationPerplexity,
            epoch.ValidationContext,
            epoch.LearningRate,
            epoch.WordsPerSecond,
            Seconds = epoch.Duration.TotalSeconds,
            epoch.IsBest,
            epoch.IsAveraged,
            epoch.IsUndone,
        },
        TrainingCompleted { Result: var result } => new
        {
            Event = "completed",
            result.StopReason,
        },
        TrainingResumed resumed => new
        {
            Event = "resumed",
            resumed.Checkpoint,
            resumed.Epoch,
            resumed.Step,
            resumed.PassedOver,
            resumed.Differences,
        },
        CheckpointWritten written => new
        {
            Event = "checkpointWritten",
            written.Path,
            written.Epoch,
            written.Step,
            written.Bytes,
            SecondsPaused = written.Paused.TotalSeconds,
        },
        CheckpointFailed failed => new
        {
            Event = "checkpointFailed",
            failed.Path,
            Fault = failed.Fault.Message,
        },
        HistoryFailed failed => new
        {
            Event = "historyFailed",
            failed.Path,
            Fault = failed.Fault.Message,
        },
        _ => null,
    };
}
