using RnnLm.Cli.Answers;

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

    private static EventLine? Describe(TrainingEvent value) => value switch
    {
        TrainingStarted started => new TrainingStartedLine(
            started.Engine, started.CorpusWords, started.ValidationWords, started.Shape.VocabularySize, started.ParameterCount, started.Options),
        InitialModelValidated initial => new InitialModelLine(initial.ValidationPerplexity, initial.ValidationContext, initial.ValidationTime.TotalSeconds),
        TrainingProgressed progress => new TrainingProgressLine(
            progress.Epoch,
            progress.Epochs,
            progress.Step,
            progress.EpochShare,
            progress.Share,
            progress.WordsPerSecond,
            progress.TrainingPerplexity,
            progress.LearningRate,
            SecondsLeft: progress.Remaining.TotalSeconds),
        EpochCompleted { Result: var epoch } => new EpochLine(
            epoch.Epoch,
            epoch.TrainingPerplexity,
            epoch.ValidationPerplexity,
            epoch.ValidationContext,
            epoch.LearningRate,
            epoch.WordsPerSecond,
            Seconds: epoch.Duration.TotalSeconds,
            epoch.IsBest,
            epoch.IsAveraged,
            epoch.IsUndone),
        TrainingCompleted { Result: var result } => new TrainingCompletedLine(result.StopReason),
        TrainingResumed resumed => new TrainingResumedLine(resumed.Checkpoint, resumed.Epoch, resumed.Step, resumed.PassedOver, resumed.Differences),
        CheckpointWritten written => new CheckpointWrittenLine(written.Path, written.Epoch, written.Step, written.Bytes, written.Paused.TotalSeconds),
        CheckpointFailed failed => new FileFailedLine("checkpointFailed", failed.Path, failed.Fault.Message),
        HistoryFailed failed => new FileFailedLine("historyFailed", failed.Path, failed.Fault.Message),
        _ => null,
    };
}
