namespace RnnLm.Training;

/// <summary>Trains a trial for its share in a rung, from its beginning or its checkpoint.</summary>
/// <param name="options">The options of the sweep.</param>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
/// <param name="folder">The folder of the sweep.</param>
/// <param name="text">What is learned.</param>
/// <param name="longest">How long the trial that goes furthest is trained, by which schedules are guided; null where epochs limit it.</param>
/// <param name="firstShare">The share of a whole training after which trials are compared first.</param>
internal sealed class TrialRunner(SweepOptions options, ITrainingEngine engine, TimeProvider time, SweepFolder folder, SweepText text, TimeSpan? longest, double firstShare)
{
    public string EngineName => engine.Name;

    /// <summary>Trains the trial.</summary>
    /// <param name="trial">The trial as it was.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="share">How long it may take; null where epochs limit it.</param>
    /// <param name="epochsOf">Until which epoch of all it is trained; null for the last.</param>
    /// <param name="tell">Is told of the training.</param>
    /// <returns>The trial as it is then, without an outcome where it was cancelled; and its best model, where it has one.</returns>
    /// <exception cref="CheckpointException">Its checkpoints cannot be read or written, or another process writes there.</exception>
    public (SweepTrial Trial, LanguageModel? Model) Run(SweepTrial trial, int rung, TimeSpan? share, Func<int, int>? epochsOf, Action<TrainingEvent> tell)
    {
        trial = trial with { Rung = rung, Outcome = null, Fault = null };
        TrainingOptions training;
        LanguageModelTrainer trainer;
        int epochs;
        try
        {
            training = (options.OptionsOf(trial.Settings) ?? throw new ArgumentException("There are no options of it.")).Clone();
            folder.Make(trial.Number);
            Prepare(training, trial.Number, share, tell);
            var settled = new LanguageModelTrainer(training, engine, time).OptionsFor(text.Vocabulary, text.Corpus);
            epochs = settled.Epochs;
            if (share is null && epochsOf is not null) training.Pause = new TrainingPause(null, epochsOf(epochs));
            // In the last rung what others have left over is added, but for a course of the learning rate that follows from the length of the run.
            if (share is { } last && trial.Elapsed + last > longest && !settled.Schedule.SpansRun) training.TimeLimit = trial.Elapsed + last;
            trainer = new LanguageModelTrainer(training, engine, time);
            engine.Check(training);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException)
        {
            return (trial with { Outcome = TrialOutcome.Refused, Fault = fault.Message.ReplaceLineEndings(" ") }, null);
        }
        try
        {
            var trained = trainer.Train(text.Tokenizer, text.Vocabulary, text.Corpus, text.Validation);
            return (With(trial, trained.Result, OutcomeOf(trained.Result, epochs)), trained.Model);
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            return (trial, null);
        }
        catch (TrainingFailedException failure)
        {
            var outcome = failure is TrainingDivergedException ? TrialOutcome.Diverged : failure.InnerException is TimeoutException ? TrialOutcome.NothingLearned : TrialOutcome.Failed;
            var fault = outcome == TrialOutcome.NothingLearned ? null : (failure.InnerException ?? failure).Message;
            var after = failure.Best is { } best ? With(trial, best, outcome) : trial with { Outcome = outcome, Elapsed = trial.Elapsed + (share ?? default) };
            return (after with { Fault = fault }, failure.BestModel);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return (trial with { Outcome = TrialOutcome.Refused, Fault = fault.Message.ReplaceLineEndings(" ") }, null);
        }
    }

    private void Prepare(TrainingOptions training, int number, TimeSpan? share, Action<TrainingEvent> tell)
    {
        training.Checkpoint = new CheckpointOptions { Folder = folder.CheckpointsOf(number), Interval = options.CheckpointInterval, Keep = 1 };
        training.History = folder.HistoryOf(number);
        training.Progress = new Listener(tell);
        training.CancellationToken = options.CancellationToken;
        if (share is not null) training.TimeLimit = longest;
        training.Pause = new TrainingPause(share, null);
        training.ComparedFrom = firstShare;
    }

    private static TrialOutcome? OutcomeOf(TrainingResult result, int epochs) => result.StopReason switch
    {
        StopReason.Cancelled => null,
        StopReason.NoImprovement => TrialOutcome.Completed,
        StopReason.EpochsCompleted when result.Epochs.Count(epoch => epoch.Share == 1) >= epochs => TrialOutcome.Completed,
        _ => TrialOutcome.Paused,
    };

    private static SweepTrial With(SweepTrial trial, TrainingResult result, TrialOutcome? outcome) => trial with
    {
        Outcome = outcome,
        // The weights at a pause, which may have been the best, are in no checkpoint.
        Perplexity = result.BestValidationPerplexity is { } reached && !(reached > trial.Perplexity) ? reached : trial.Perplexity,
        Elapsed = result.Elapsed,
        Epochs = result.Epochs.Count == 0 ? 0 : result.Epochs.Count - 1 + result.Epochs[^1].Share,
    };

    private sealed class Listener(Action<TrainingEvent> tell) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => tell(value);
    }
}
