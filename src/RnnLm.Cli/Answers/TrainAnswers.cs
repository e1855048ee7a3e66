namespace RnnLm.Cli.Answers;

/// <summary>Training begins.</summary>
sealed record TrainingStartedLine(string Engine, long Words, long? ValidationWords, int VocabularySize, long Parameters, IReadOnlyDictionary<string, string> Options) : EventLine("started");

/// <summary>The model that training begins with has been measured.</summary>
sealed record InitialModelLine(double ValidationPerplexity, EvaluationContext ValidationContext, double Seconds) : EventLine("initial");

/// <summary>How far training is.</summary>
sealed record TrainingProgressLine(
    int Epoch, int Epochs, long Step, double EpochShare, double Share, double WordsPerSecond, double TrainingPerplexity, double LearningRate, double SecondsLeft) : EventLine("progress");

/// <summary>An epoch is over.</summary>
sealed record EpochLine(
    int Epoch, double TrainingPerplexity, double? ValidationPerplexity, EvaluationContext? ValidationContext, double LearningRate, double WordsPerSecond, double Seconds, bool IsBest,
    bool IsAveraged, bool IsUndone) : EventLine("epoch");

/// <summary>Training is over.</summary>
sealed record TrainingCompletedLine(StopReason StopReason) : EventLine("completed");

/// <summary>Training goes on from a checkpoint.</summary>
sealed record TrainingResumedLine(string Checkpoint, int Epoch, long Step, IReadOnlyList<string> PassedOver, string? Differences) : EventLine("resumed");

/// <summary>A checkpoint is there.</summary>
sealed record CheckpointWrittenLine(string Path, int Epoch, long Step, long Bytes, double SecondsPaused) : EventLine("checkpointWritten");

/// <summary>A file beside the model could not be written.</summary>
sealed record FileFailedLine(string Event, string Path, string Fault) : EventLine(Event);

/// <summary>The model is in its file, or that is as it was.</summary>
sealed record TrainedLine(string Event, string Model, BestEpoch Best, double WordsPerSecond, double Seconds, double? CommunicationSeconds) : EventLine(Event);

/// <summary>The epoch that the model is of.</summary>
sealed record BestEpoch(int Epoch, double? ValidationPerplexity, EvaluationContext? ValidationContext);
