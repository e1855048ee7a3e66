namespace RnnLm.Training;

/// <summary>One run of training, from its first step to its result.</summary>
internal sealed class TrainingRun(
    TrainingOptions options, ITrainingEngine engine, IWindowSource source, ValidationText? validation, ValidationText sample, NetworkWeights initial,
    bool isInitialModel, IReadOnlyList<long> wordCounts, TimeProvider time)
{
    private readonly RunClock clock = new(time, options.TimeLimit);
    private readonly ProgressReporter progress = new(options.Progress, options.ProgressInterval);
    private readonly LearningRateCourse learningRate = options.Schedule.Begin(options.Optimizer.LearningRate);
    private readonly EpochPatience patience = new(options.Patience);
    private readonly BestWeights best = new(initial.Shape);
    private readonly Sense sense = new(initial.Shape.VocabularySize);
    private readonly Window window = new(options.BatchSize, options.Window);
    private readonly List<EpochResult> epochs = [];

    private LearningEvidence evidence = new(double.NaN);
    private int epoch;
    private long step;
    private double lastLoss; // of a word, with the weights offered last

    // Of this epoch:
    private TimeSpan begin;
    private double loss;
    private long words;
    private TimeSpan trainingTime;
    private TimeSpan validationTime;

    private TrainingPosition Position => new(epoch, step, learningRate.Value);

    private bool IsCancelled => options.CancellationToken.IsCancellationRequested;

    /// <summary>Trains until there is a reason to stop.</summary>
    /// <exception cref="TrainingFailedException">Training diverged, the engine failed, or the time was over before anything was learned.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was learned.</exception>
    public TrainingResult Run()
    {
        Cancellation.ThrowIfRequested(options.CancellationToken);
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
            evidence = new LearningEvidence(LossOfSample(session));
            if (isInitialModel) OfferInitialModel(session);
            var reason = TrainEpochs(session);
            if (best.Weights is not { } weights || epochs.Count == 0) throw WithoutWeights(reason);
            var result = ResultOf(weights, reason);
            progress.Report(new TrainingCompleted { Elapsed = result.Elapsed, Result = result });
            result.ListenerFault = progress.Fault;
            return result;
        }
        catch (NotFiniteNumberException divergence)
        {
            // The weights as they are now are those that diverged.
            var position = Position;
            if (words > 0) CompleteEpoch(null, isBest: false);
            throw new TrainingDivergedException(divergence.Message, position, options, Kept(StopReason.Diverged));
        }
        catch (Exception failure) when (failure is not TrainingFailedException && (failure is not OperationCanceledException || !IsCancelled))
        {
            var message = $"The engine \"{engine.Name}\" failed at {Position}: {failure.Message}";
            throw new TrainingFailedException(message, Position, Rescue(session), failure);
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
            if (interruption is { } early && !HasLearned(session)) return early;

            var validationLoss = interruption == StopReason.Cancelled ? null : Validate(session);
            var improved = Offer(session, validationLoss);
            CompleteEpoch(validationLoss, improved);

            if (interruption is { } reason) return reason;
            if (validation is not null && validationLoss is null) return StopReason.Cancelled;
            if (sense.IsLostAfter(lastLoss)) throw new NotFiniteNumberException(sense.WhyNot(lastLoss));
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

    /// <summary>Why a run that stopped has no weights to give.</summary>
    private Exception WithoutWeights(StopReason reason) => reason switch
    {
        StopReason.Cancelled => Cancellation.Of(options.CancellationToken),
        StopReason.TimeLimit when sense.Holds(lastLoss) => OutOfTime(),
        _ => new NotFiniteNumberException(sense.WhyNot(lastLoss)),
    };

    private TrainingFailedException OutOfTime()
    {
        var cause = new TimeoutException($"Nothing was learned within the time limit of {options.TimeLimit:c}. Allow more time.");
        return new TrainingFailedException($"Training ended at {Position}: {cause.Message}", Position, null, cause);
    }

    /// <summary>Whether the weights as they are now are better than those the run began with.</summary>
    private bool HasLearned(ITrainingSession session)
    {
        if (epoch > 1 || words == source.TargetCount) return words > 0;
        if (words == 0) return false;
        lastLoss = LossOfSample(session);
        return evidence.IsOf(lastLoss);
    }

    /// <summary>Trains for one epoch; returns why it was broken off, or null where it was not.</summary>
    private StopReason? TrainEpoch(ITrainingSession session)
    {
        begin = clock.Elapsed;
        source.Begin(epoch);
        while (source.Fill(window))
        {
            if (IsCancelled) return StopReason.Cancelled;

            step++;
            if (TrainStep(session) is not { } result) return StopReason.Cancelled;
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

    /// <summary>One step; null where the engine has broken it off since the run is cancelled.</summary>
    private WindowResult? TrainStep(ITrainingSession session)
    {
        try
        {
            return session.Train(window, learningRate.Value);
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            return null;
        }
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
            validationTime = clock.Elapsed - start;
        }
    }

    /// <summary>The model that training goes on from is the best until an epoch is better on the validation text.</summary>
    private void OfferInitialModel(ITrainingSession session)
    {
        if (validation is null || ValidateInitialModel(session) is not { } crossEntropy) return;
        best.InitialCrossEntropy = crossEntropy;
        if (sense.Holds(crossEntropy)) best.Offer(session, 0, crossEntropy);
        progress.Report(new InitialModelValidated
        {
            Elapsed = clock.Elapsed,
            ValidationPerplexity = Math.Exp(crossEntropy),
            ValidationContext = validation.Context,
            ValidationTime = validationTime,
        });
        validationTime = default;
    }

    private double? ValidateInitialModel(ITrainingSession session)
    {
        try
        {
            return Validate(session);
        }
        catch (NotFiniteNumberException)
        {
            // Whatever is learned will be better.
            return null;
        }
    }

    /// <summary>Keeps the weights as they are now where they are the best, and make sense.</summary>
    private bool Offer(ITrainingSession session, double? validationLoss)
    {
        lastLoss = validationLoss ?? LossOfSample(session);
        return sense.Holds(lastLoss) && best.Offer(session, epoch, validation is null ? loss / words : validationLoss);
    }

    /// <summary>How well the corpus is predicted: no loss of training has been measured with the weights that the last step made.</summary>
    private double LossOfSample(ITrainingSession session)
    {
        try
        {
            return sample.CrossEntropy(session, CancellationToken.None);
        }
        catch (NotFiniteNumberException)
        {
            return double.NaN;
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
        InitialValidationPerplexity = best.InitialCrossEntropy is { } crossEntropy ? Math.Exp(crossEntropy) : null,
        InitialValidationContext = best.InitialCrossEntropy is null ? null : validation!.Context,
        Epochs = epochs,
        StopReason = reason,
        Elapsed = clock.Elapsed,
        ListenerFault = progress.Fault,
    };

    /// <summary>What there is to keep of a run whose engine failed; null where that is nothing.</summary>
    private TrainingResult? Rescue(ITrainingSession session)
    {
        if (words > 0)
        {
            var kept = false;
            try
            {
                // Weights of an epoch that has not ended are worth keeping only where there are no others.
                kept = best.Weights is null && HasLearned(session) && best.Offer(session, epoch, null);
            }
            catch (Exception)
            {
                // The engine has failed already; that it cannot hand over its weights either is no news.
            }
            CompleteEpoch(null, kept);
        }
        return Kept(StopReason.Failed);
    }

    // The model that training goes on from is not lost where the run is.
    private TrainingResult? Kept(StopReason reason) => best is { Weights: { } weights, Epoch: > 0 } ? ResultOf(weights, reason) : null;

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
