using RnnLm.Wording;

namespace RnnLm.Training;

/// <summary>One run of training, from its first step to its result.</summary>
internal sealed class TrainingRun(
    TrainingOptions options, ITrainingEngine engine, IWindowSource source, ValidationText? validation, ValidationText sample, NetworkWeights initial,
    bool isInitialModel, IReadOnlyList<long> wordCounts, TimeProvider time, CheckpointPlan? plan = null)
{
    private readonly RunClock clock = new(time, options.TimeLimit, options.Pause.Time);
    private readonly ProgressReporter progress = new(options.Progress, options.ProgressInterval);
    private readonly LearningRateCourse learningRate = options.Schedule.Begin(options.Optimizer.LearningRate);
    private readonly EpochPatience patience = new(options.Schedule.SpansRun ? int.MaxValue : options.Patience);
    private readonly AveragingCourse? averaging = options.Averaging?.Begin();
    private readonly WeightSelection selection = new(initial.Shape, sample);
    private readonly EpochHistory history = new();
    private readonly EpochInProgress epoch = new(source, new Window(options.BatchSize, options.GreatestWindow));

    private RunCheckpoints? checkpoints;
    private RunHistory? written;
    private long step;
    private double stepRate = options.Optimizer.LearningRate; // the learning rate of that step
    private bool isStepBrokenOff; // so that the engine's state is that of no window

    private TrainingPosition Position => new(epoch.Number, step, stepRate);

    /// <summary>The share of the words of all epochs that have been trained on.</summary>
    private double ShareOfWords => Math.Min((epoch.Number - 1 + epoch.Share) / options.Epochs, 1);

    /// <summary>The share of the run that is done: by its words, or by its time where that is to end it.</summary>
    private double ShareOfRun => Math.Max(ShareOfWords, clock.ShareOfLimit);

    private bool IsCancelled => options.CancellationToken.IsCancellationRequested;

    /// <summary>Trains until there is a reason to stop.</summary>
    /// <exception cref="TrainingFailedException">Training diverged, the engine failed, or the time was over before anything was learned.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was learned.</exception>
    /// <exception cref="CheckpointException">It cannot go on from its checkpoint, or not write any.</exception>
    /// <exception cref="NotSupportedException">It is to write checkpoints, and the engine cannot.</exception>
    /// <exception cref="IOException">It is to write a history, and cannot.</exception>
    public TrainingResult Run()
    {
        Cancellation.ThrowIfRequested(options.CancellationToken);
        var session = engine.Start(initial, options, wordCounts);
        try
        {
            if (plan is not null) checkpoints = Prepare(plan, session);
            var started = Describe();
            BeginHistory(started);
            return Train(session, started);
        }
        finally
        {
            checkpoints?.Dispose();
            Release(session);
        }
    }

    private TrainingResult Train(ITrainingSession session, TrainingStarted started)
    {
        try
        {
            progress.Report(started);
            Begin(session);
            var reason = TrainEpochs(session);
            checkpoints?.Finish();
            if (selection.Weights is not { } weights || history.Epochs.Count == 0)
            {
                var nothing = WithoutWeights(reason);
                if (nothing is not NotFiniteNumberException) written?.End(reason, null, nothing.Message);
                throw nothing;
            }
            var result = ResultOf(weights, reason);
            written?.End(reason, result);
            result.HistoryFault = written?.Fault;
            progress.Report(new TrainingCompleted { Elapsed = result.Elapsed, Result = result });
            result.ListenerFault = progress.Fault;
            return result;
        }
        catch (NotFiniteNumberException divergence)
        {
            // The weights as they are now are those that diverged.
            checkpoints?.Finish();
            var position = Position;
            if (epoch.Words > 0) CompleteEpoch(null, isBest: false);
            var kept = Kept(StopReason.Diverged);
            written?.End(StopReason.Diverged, kept, divergence.Message);
            throw new TrainingDivergedException(divergence.Message, position, options, kept);
        }
        catch (Exception failure) when (failure is not (TrainingFailedException or CheckpointException) && (failure is not OperationCanceledException || !IsCancelled))
        {
            checkpoints?.Finish();
            var message = $"The engine \"{engine.Name}\" failed at {Position}: {failure.Message}";
            var position = Position;
            var kept = Rescue(session);
            written?.End(StopReason.Failed, kept, failure.Message);
            throw new TrainingFailedException(message, position, kept, failure);
        }
    }

    /// <summary>Sees to it that the engine can save its state, and goes on from a checkpoint where there is one.</summary>
    private RunCheckpoints Prepare(CheckpointPlan plan, ITrainingSession session)
    {
        var prepared = new RunCheckpoints(plan, options, clock, progress, state => Save(session, state));
        if (!prepared.CanSave())
        {
            throw new NotSupportedException(
                $"The engine \"{engine.Name}\" cannot save its state, so there are no checkpoints with it. "
                + $"Leave {nameof(TrainingOptions)}.{nameof(options.Checkpoint)} null.");
        }
        if (plan.Found is { } found) prepared.Restore(state => Restore(session, state, found));
        return prepared;
    }

    private TrainingStarted Describe() => new()
    {
        Elapsed = clock.Elapsed,
        Shape = initial.Shape,
        CorpusWords = source.TargetCount,
        ValidationWords = validation?.Words,
        Engine = engine.Name,
        Options = options.Describe(),
    };

    private void Begin(ITrainingSession session)
    {
        if (plan?.Found is not null)
        {
            checkpoints!.TellOfResumption();
            return;
        }
        selection.Begin(session);
        if (isInitialModel) OfferInitialModel(session);
        checkpoints?.Begin(Position);
    }

    private void BeginHistory(TrainingStarted started)
    {
        if (options.History is not { } path) return;
        written = new RunHistory(path, options.HistoryFiles, options.ProgressInterval, clock, time, progress);
        if (plan?.Found is null) written.Begin(started);
        else written.Resume(started, step, history.Epochs);
        written.GoOnWithin(epoch);
    }

    private StopReason TrainEpochs(ITrainingSession session)
    {
        while (true)
        {
            // A run that goes on from a checkpoint may be allowed fewer epochs than it has begun.
            if (epoch.IsComplete || epoch.Number > options.Epochs)
            {
                if (WhyToStop() is { } end)
                {
                    if (selection.Weights is not null) checkpoints?.Make(Position);
                    return end;
                }
                epoch.Next();
            }
            var interruption = TrainEpoch(session);
            // Before anything else becomes of the epoch, so that the run can go on as if it had not been interrupted.
            if (interruption is not null && !isStepBrokenOff) checkpoints?.Make(Position);
            if (interruption is { } early && !HasLearned(session)) return early;

            var validationLoss = interruption == StopReason.Cancelled ? null : Validate(session, epoch.Number);
            var isCancelled = validation is not null && validationLoss is null;
            if (interruption is null && isCancelled) checkpoints?.Make(Position);
            // Without validation there is the loss of the weights alone, which says nothing of their average.
            var isBest = validation is null && averaging is { IsActive: true };
            var improved = selection.Offer(session, epoch.Number, validationLoss, validation is null ? epoch.MeanLoss : validationLoss, isBest);
            var isUndone = learningRate.UndoesEpochs && !improved && interruption is null && validationLoss is not null && selection.Weights is not null;
            CompleteEpoch(validationLoss, improved, isUndone);

            if (interruption is { } reason) return reason;
            if (isCancelled) return StopReason.Cancelled;
            selection.ThrowIfLost();
            if (validation is null) continue;
            learningRate.EpochValidated(improved);
            averaging?.EpochValidated(validationLoss!.Value);
            patience.EpochValidated(improved || averaging is { IsAwaited: true });
            if (isUndone) Undo(session);
        }
    }

    /// <summary>Goes back to the best weights.</summary>
    private void Undo(ITrainingSession session)
    {
        session.WriteWeights(selection.Weights!);
        averaging?.Restart();
    }

    /// <summary>Why no further epoch is to begin; null where one is.</summary>
    private StopReason? WhyToStop()
    {
        if (epoch.Number >= options.Epochs || options.Pause.IsAfter(epoch.Number)) return StopReason.EpochsCompleted;
        if (patience.IsExhausted) return StopReason.NoImprovement;
        return clock.IsOver ? StopReason.TimeLimit : null;
    }

    /// <summary>Why a run that stopped has no weights to give.</summary>
    private Exception WithoutWeights(StopReason reason) => reason switch
    {
        StopReason.Cancelled => Cancellation.Of(options.CancellationToken),
        StopReason.TimeLimit when selection.MadeSense => OutOfTime(),
        _ => new NotFiniteNumberException(selection.WhyNot),
    };

    private TrainingFailedException OutOfTime()
    {
        var cause = new TimeoutException($"Nothing was learned within the time limit of {TimeText.Of(options.TimeLimit ?? default)}. Allow more time.");
        return new TrainingFailedException($"Training ended at {Position}: {cause.Message}", Position, null, cause) { HasFixedLength = options.Schedule.SpansRun };
    }

    /// <summary>Whether the weights as they are now are better than those the run began with.</summary>
    private bool HasLearned(ITrainingSession session)
    {
        if (epoch.Number > 1 || epoch.IsWhole) return epoch.Words > 0;
        return epoch.Words > 0 && selection.HasLearned(session);
    }

    /// <summary>Trains for one epoch; returns why it was broken off, or null where it was not.</summary>
    private StopReason? TrainEpoch(ITrainingSession session)
    {
        epoch.Begin(clock.Elapsed);
        var wordsBeforeEpoch = history.Words;
        if (epoch.Windows > 0 && IsOutOfTime) return StopReason.TimeLimit;
        while (epoch.Fill())
        {
            if (IsCancelled) return StopReason.Cancelled;

            learningRate.Advance(ShareOfRun);
            (step, stepRate) = (step + 1, learningRate.Value * WindowShare);
            if (TrainStep(session) is not { } result) return StopReason.Cancelled;
            if (!result.IsFinite)
                throw new NotFiniteNumberException(Invariant($"the loss is {result.Loss}, the gradient's norm is {result.GradientNorm}"));

            epoch.Add(result.Loss, clock.Elapsed);
            if (averaging?.WindowTrained(ShareOfRun) is { } share) session.AverageWeights(share);
            if (IsOutOfTime) return StopReason.TimeLimit;
            written?.WindowTrained(epoch, step, wordsBeforeEpoch, learningRate.Value);
            if (progress.IsDue(clock.Elapsed)) ReportProgress();
            checkpoints?.WindowTrained(Position);
        }
        return null;
    }

    // A window whose length is drawn has the same rate for each of its words as one of the usual length (Merity 2018).
    private double WindowShare => options.RandomWindow ? (double)epoch.Window.Length / options.Window : 1;

    // An epoch of which all is trained is not broken off.
    private bool IsOutOfTime => !epoch.IsWhole && clock.IsOver;

    /// <summary>One step; null where the engine has broken it off since the run is cancelled.</summary>
    private WindowResult? TrainStep(ITrainingSession session)
    {
        try
        {
            if (learningRate.Beta1 is { } beta1) session.UseBeta1(beta1);
            return session.Train(epoch.Window, stepRate);
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            isStepBrokenOff = true;
            return null;
        }
    }

    /// <summary>The mean loss of a word of the validation text; null where there is no such text, or reading it was cancelled.</summary>
    private double? Validate(ITrainingSession session, int number)
    {
        if (validation is null) return null;
        progress.Report(new ValidationStarted
        {
            Elapsed = clock.Elapsed,
            Epoch = number,
            Epochs = options.Epochs,
            Words = validation.Words,
        });
        var start = clock.Elapsed;
        try
        {
            var crossEntropy = validation.CrossEntropy(session, options.CancellationToken);
            clock.Reserve = clock.Elapsed - start;
            if (!double.IsFinite(crossEntropy)) throw new NotFiniteNumberException(Invariant($"the validation loss is {crossEntropy}"));
            return crossEntropy;
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            return null;
        }
        finally
        {
            epoch.ValidationTime = clock.Elapsed - start;
        }
    }

    /// <summary>The model that training goes on from is the best until an epoch is better on the validation text.</summary>
    private void OfferInitialModel(ITrainingSession session)
    {
        if (validation is null) return;
        var validated = ValidateInitialModel(session);
        // A run that goes on from a checkpoint of now would take any epoch for better.
        Cancellation.ThrowIfRequested(options.CancellationToken);
        if (validated is not { } crossEntropy) return;
        selection.OfferInitialModel(session, crossEntropy);
        var validatedInitial = new InitialModelValidated
        {
            Elapsed = clock.Elapsed,
            ValidationPerplexity = Math.Exp(crossEntropy),
            ValidationContext = validation.Context,
            ValidationTime = epoch.ValidationTime,
        };
        progress.Report(validatedInitial);
        written?.Add(validatedInitial);
        epoch.ValidationTime = default;
    }

    private double? ValidateInitialModel(ITrainingSession session)
    {
        try
        {
            return Validate(session, 0);
        }
        catch (NotFiniteNumberException)
        {
            return null; // whatever is learned will be better
        }
    }

    private void ReportProgress()
    {
        var (share, remaining) = clock.Estimate(ShareOfWords);
        progress.Report(new TrainingProgressed
        {
            Elapsed = clock.Elapsed,
            Epoch = epoch.Number,
            Epochs = options.Epochs,
            Step = step,
            EpochShare = epoch.Share,
            Share = share,
            WordsPerSecond = epoch.WordsPerSecond,
            TrainingPerplexity = Math.Exp(epoch.MeanLoss),
            LearningRate = learningRate.Value,
            Remaining = remaining,
        });
    }

    private void CompleteEpoch(double? validationLoss, bool isBest, bool isUndone = false)
    {
        var result = epoch.Complete(learningRate.Value, validationLoss, validationLoss is null ? null : validation!.Context, isBest) with { IsAveraged = averaging is { IsActive: true }, IsUndone = isUndone };
        history.Add(result);
        written?.Add(result, step, history.Words);
        progress.Report(new EpochCompleted { Elapsed = clock.Elapsed, Result = result, Epochs = options.Epochs });
    }

    private TrainingResult ResultOf(NetworkWeights weights, StopReason reason) => new()
    {
        Weights = weights,
        BestEpoch = selection.Epoch,
        InitialValidationPerplexity = selection.InitialCrossEntropy is { } crossEntropy ? Math.Exp(crossEntropy) : null,
        InitialValidationContext = selection.InitialCrossEntropy is null ? null : validation!.Context,
        Epochs = history.Epochs,
        StopReason = reason,
        Elapsed = clock.Elapsed,
        ListenerFault = progress.Fault,
        CheckpointFault = checkpoints?.Fault,
        HistoryFault = written?.Fault,
        HasFixedLength = options.Schedule.SpansRun,
    };

    /// <summary>What there is to keep of a run whose engine failed; null where that is nothing.</summary>
    private TrainingResult? Rescue(ITrainingSession session)
    {
        if (epoch.Words > 0)
        {
            var kept = false;
            try
            {
                kept = HasLearned(session) && selection.Rescue(session, epoch.Number);
            }
            catch (Exception)
            {
                // The engine has failed already; that it cannot hand over its weights either is no news.
            }
            CompleteEpoch(null, kept);
        }
        return Kept(StopReason.Failed);
    }

    /// <summary>Saves all that the run consists of; what has state saves its own. False where the engine cannot.</summary>
    private bool Save(ITrainingSession session, TrainingState state)
    {
        state.Set("step", step);
        state.Set("step_rate", stepRate);
        clock.Save(state.Part("clock"));
        learningRate.Save(state.Part("learning_rate"));
        averaging?.Save(state.Part("averaging"));
        patience.Save(state.Part("patience"));
        selection.Save(state.Part("selection"));
        epoch.Save(state.Part("epoch"));
        history.Save(state.Part("history"));
        return session.SaveState(state.Part("engine"));
    }

    /// <summary>Goes on from what was saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or not as this run needs it.</exception>
    private void Restore(ITrainingSession session, TrainingState state, FoundCheckpoint found)
    {
        step = state.GetWhole("step");
        if (step != found.Step) throw new InvalidDataException(Invariant($"Its state is that after step {step:N0}, and its record tells of step {found.Step:N0}."));
        stepRate = state.Get("step_rate");
        clock.Restore(state.Part("clock"));
        learningRate.Restore(state.Part("learning_rate"));
        averaging?.Restore(state.Part("averaging"));
        patience.Restore(state.Part("patience"));
        selection.Restore(state.Part("selection"));
        epoch.Restore(state.Part("epoch"));
        if (epoch.Number != found.Epoch) throw new InvalidDataException(Invariant($"Its state is of epoch {epoch.Number:N0}, and its record tells of epoch {found.Epoch:N0}."));
        history.Restore(state.Part("history"));
        session.RestoreState(state.Part("engine"));
    }

    // The model that training goes on from is not lost where the run is.
    private TrainingResult? Kept(StopReason reason) => selection is { Weights: { } weights, Epoch: > 0 } ? ResultOf(weights, reason) : null;

    private static void Release(ITrainingSession session)
    {
        try
        {
            session.Dispose();
        }
        catch (Exception)
        {
            // A session that cannot be released must not take the weights with it, nor hide why training failed.
        }
    }
}
