namespace RnnLm.Training;

/// <summary>One run of training, from its first step to its result.</summary>
internal sealed class TrainingRun(
    TrainingOptions options, ITrainingEngine engine, IWindowSource source, ValidationText? validation, NetworkWeights initial,
    IReadOnlyList<long> wordCounts, TimeProvider time)
{
    private readonly RunClock clock = new(time, options.TimeLimit);
    private readonly ProgressReporter progress = new(options.Progress, options.ProgressInterval);
    private readonly LearningRateCourse learningRate = options.Schedule.Begin(options.Optimizer.LearningRate);
    private readonly EpochPatience patience = new(options.Patience);
    private readonly BestWeights best = new(initial.Shape);
    private readonly Window window = new(options.BatchSize, options.Window);
    private readonly List<EpochResult> epochs = [];

    private int epoch;
    private long step;

    // Of this epoch:
    private TimeSpan begin;
    private double loss;
    private long words;
    private TimeSpan trainingTime;
    private TimeSpan validationTime;

    private TrainingPosition Position => new(epoch, step, learningRate.Value);

    /// <summary>Trains until there is a reason to stop.</summary>
    /// <exception cref="TrainingFailedException">Training diverged, or the engine failed.</exception>
    public TrainingResult Run()
    {
        var session = engine.Start(initial, options, wordCounts);
        try
        {
            progress.Report(new TrainingStarted
            {
                Elapsed = clock.Elapsed,
                Shape = initial.Shape,
                CorpusWords = source.TargetCount,
                ValidationWords = validation?.Words,
                Engine = engine.Name,
                Options = options.Describe(),
            });
            var reason = TrainEpochs(session);
            var result = ResultOf(best.Weights ?? initial.Clone(), reason);
            progress.Report(new TrainingCompleted { Elapsed = result.Elapsed, Result = result });
            result.ListenerFault = progress.Fault;
            return result;
        }
        catch (NotFiniteNumberException divergence)
        {
            var position = Position;
            throw new TrainingDivergedException(divergence.Message, position, options.GradientClip, Rescue(session, StopReason.Diverged));
        }
        catch (Exception failure)
        {
            var message = $"The engine \"{engine.Name}\" failed at {Position}: {failure.Message}";
            throw new TrainingFailedException(message, Position, Rescue(session, StopReason.Failed), failure);
        }
        finally
        {
            Release(session);
        }
    }

    private StopReason TrainEpochs(ITrainingSession session)
    {
        for (epoch = 1; ; epoch++)
        {
            var interruption = TrainEpoch(session);
            if (words == 0) return StopReason.Cancelled;

            var validationLoss = interruption == StopReason.Cancelled ? null : Validate(session);
            var improved = best.Offer(session, epoch, validation is null ? loss / words : validationLoss);
            CompleteEpoch(validationLoss, improved);

            if (interruption is { } reason) return reason;
            if (validation is not null && validationLoss is null) return StopReason.Cancelled;
            if (epoch == options.Epochs) return StopReason.EpochsCompleted;
            if (validation is not null)
            {
                learningRate.EpochValidated(improved);
                patience.EpochValidated(improved);
            }
            if (patience.IsExhausted) return StopReason.NoImprovement;
            if (clock.IsOver) return StopReason.TimeLimit;
        }
    }

    /// <summary>Trains for one epoch; returns why it was broken off, or null where it was not.</summary>
    private StopReason? TrainEpoch(ITrainingSession session)
    {
        begin = clock.Elapsed;
        source.Begin(epoch);
        while (source.Fill(window))
        {
            if (options.Cancellation.IsCancellationRequested) return StopReason.Cancelled;

            step++;
            var result = session.Train(window, learningRate.Value);
            if (!result.IsFinite)
                throw new NotFiniteNumberException(Invariant($"the loss is {result.Loss}, the gradient's norm is {result.GradientNorm}"));

            loss += result.Loss;
            words += window.TargetCount;
            trainingTime = clock.Elapsed - begin;
            if (words < source.TargetCount && clock.IsOver) return StopReason.TimeLimit;
            if (progress.IsDue(clock.Elapsed)) ReportProgress();
        }
        return null;
    }

    /// <summary>The mean loss of a word of the validation text; null where there is no such text, or reading it was cancelled.</summary>
    private double? Validate(ITrainingSession session)
    {
        if (validation is null) return null;
        progress.Report(new ValidationStarted
        {
            Elapsed = clock.Elapsed,
            Epoch = epoch,
            Epochs = options.Epochs,
            Words = validation.Words,
        });
        var start = clock.Elapsed;
        try
        {
            var crossEntropy = validation.CrossEntropy(session, options.Cancellation);
            clock.Reserve = clock.Elapsed - start;
            if (!double.IsFinite(crossEntropy)) throw new NotFiniteNumberException(Invariant($"the validation loss is {crossEntropy}"));
            return crossEntropy;
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            validationTime = clock.Elapsed - start;
        }
    }

    private void ReportProgress()
    {
        var epochShare = (double)words / source.TargetCount;
        var (share, remaining) = clock.Estimate((epoch - 1 + epochShare) / options.Epochs);
        progress.Report(new TrainingProgressed
        {
            Elapsed = clock.Elapsed,
            Epoch = epoch,
            Epochs = options.Epochs,
            Step = step,
            EpochShare = epochShare,
            Share = share,
            WordsPerSecond = trainingTime > TimeSpan.Zero ? words / trainingTime.TotalSeconds : 0,
            TrainingPerplexity = Math.Exp(loss / words),
            LearningRate = learningRate.Value,
            Remaining = remaining,
        });
    }

    private void CompleteEpoch(double? validationLoss, bool isBest)
    {
        var result = new EpochResult
        {
            Epoch = epoch,
            Share = (double)words / source.TargetCount,
            Words = words,
            TrainingPerplexity = Math.Exp(loss / words),
            ValidationPerplexity = validationLoss is { } crossEntropy ? Math.Exp(crossEntropy) : null,
            ValidationContext = validationLoss is null ? null : validation!.Context,
            LearningRate = learningRate.Value,
            TrainingTime = trainingTime,
            ValidationTime = validationTime,
            IsBest = isBest,
        };
        epochs.Add(result);
        progress.Report(new EpochCompleted { Elapsed = clock.Elapsed, Result = result, Epochs = options.Epochs });
        (loss, words, trainingTime, validationTime) = (0, 0, default, default);
    }

    private TrainingResult ResultOf(NetworkWeights weights, StopReason reason) => new()
    {
        Weights = weights,
        BestEpoch = best.Epoch,
        Epochs = epochs,
        StopReason = reason,
        Elapsed = clock.Elapsed,
        ListenerFault = progress.Fault,
    };

    /// <summary>What there is to keep of a run that failed; null where that is nothing.</summary>
    private TrainingResult? Rescue(ITrainingSession session, StopReason reason)
    {
        if (words > 0)
        {
            var kept = false;
            try
            {
                // Weights of an epoch that has not ended are worth keeping only where there are no others.
                kept = best.Weights is null && best.Offer(session, epoch, null);
            }
            catch (Exception)
            {
                // The engine has failed already; that it cannot hand over its weights either is no news.
            }
            CompleteEpoch(null, kept);
        }
        return best.Weights is { } weights ? ResultOf(weights, reason) : null;
    }

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
