namespace RnnLm.Training;

/// <summary>One run of a sweep, from its first trial, or from where it was broken off, to its result.</summary>
internal sealed class SweepRun
{
    private readonly SweepOptions options;
    private readonly SweepFolder folder;
    private readonly SweepText text;
    private readonly TrialRunner runner;
    private readonly TimeProvider time;
    private readonly long start;
    private readonly List<SweepTrial> trials;
    private readonly SuccessiveHalving halving;
    private readonly Dictionary<(int Trial, int Rung), SweepTrial> results = []; // as each trial was at the end of each rung

    private TimeSpan before; // that the sweep had taken when it was broken off
    private (int Trial, double Perplexity)? best;
    private LanguageModel? bestModel; // null where it is in its file alone

    public SweepRun(SweepOptions options, ITrainingEngine engine, TimeProvider time, SweepFolder folder, SweepText text)
    {
        (this.options, this.folder, this.text, this.time) = (options, folder, text, time);
        start = time.GetTimestamp();
        trials = [.. TrialSettings.Of(options).Select((settings, index) => new SweepTrial { Number = index + 1, Settings = settings })];
        halving = new SuccessiveHalving(trials.Count, options.ReductionFactor);
        runner = new TrialRunner(options, engine, time, folder, text, options.TimeLimit is { } limit ? halving.LongestOf(limit) : null, halving.FirstShare);
    }

    private TimeSpan Elapsed => before + time.GetElapsedTime(start);

    private bool IsCancelled => options.CancellationToken.IsCancellationRequested;

    private bool IsOver => options.TimeLimit is { } limit && Elapsed >= limit;

    /// <inheritdoc cref="Sweep.Run"/>
    public SweepResult Run()
    {
        var resumed = BeginOrContinue();
        Tell(new SweepStarted { Elapsed = Elapsed, Trials = [.. trials], Rungs = halving.Rungs, ResumedFrom = resumed });
        var reason = RunRungs();
        return new SweepResult
        {
            Trials = [.. trials.OrderBy(trial => trial.Perplexity ?? double.PositiveInfinity).ThenBy(trial => trial.Number)],
            Best = best is { } found ? trials[found.Trial - 1] : null,
            Model = best is null ? null : bestModel ?? LanguageModel.Load(folder.BestPath),
            StopReason = reason,
            Elapsed = Elapsed,
            FolderFault = folder.Fault,
        };
    }

    private StopReason RunRungs()
    {
        IReadOnlyList<int> candidates = [.. trials.Select(trial => trial.Number)];
        for (var rung = 0; rung < halving.Rungs.Count; rung++)
        {
            candidates = Promote(candidates, rung);
            var waiting = candidates.Where(number => IsWaiting(number, rung)).ToList();
            for (var index = 0; index < waiting.Count; index++)
            {
                if (IsCancelled) return StopReason.Cancelled;
                if (IsOver) return StopReason.TimeLimit;
                if (!RunTrial(waiting[index], rung, waiting.Count - index)) return StopReason.Cancelled;
            }
        }
        return IsOver ? StopReason.TimeLimit : StopReason.EpochsCompleted;
    }

    /// <summary>The trials of a rung: the best of those of the rung before that can go on. The others will not.</summary>
    private IReadOnlyList<int> Promote(IReadOnlyList<int> candidates, int rung)
    {
        if (rung == 0) return candidates;
        // What has come to its own end has nothing to go on with: its place is another's.
        var promoted = candidates.Select(number => results[(number, rung - 1)])
            .Where(trial => trial.Outcome is TrialOutcome.Paused or TrialOutcome.NothingLearned)
            .OrderBy(trial => trial.Perplexity ?? double.PositiveInfinity).ThenBy(trial => trial.Number)
            .Take(halving.Rungs[rung]).Select(trial => trial.Number).ToList();
        foreach (var number in candidates.Except(promoted)) folder.DeleteCheckpoints(number);
        return promoted;
    }

    /// <summary>Whether a trial is still to be run in a rung: where the time was over in the last, it goes on when there is more.</summary>
    private bool IsWaiting(int number, int rung)
        => !results.TryGetValue((number, rung), out var result) || (rung == halving.Rungs.Count - 1 && result.Outcome == TrialOutcome.Paused);

    /// <summary>Runs a trial in a rung; false where it was cancelled.</summary>
    private bool RunTrial(int number, int rung, int waiting)
    {
        var trial = trials[number - 1];
        TimeSpan? share = options.TimeLimit is { } limit ? halving.TimeOf(limit - Elapsed, rung, waiting) : null;
        Tell(new TrialStarted { Elapsed = Elapsed, Trial = trial, Rung = rung, TimeLimit = share });
        var isLast = rung == halving.Rungs.Count - 1;
        var (after, model) = runner.Run(trial, rung, share, isLast ? null : all => halving.EpochsOf(all, rung), training => Tell(new TrialProgressed { Elapsed = Elapsed, Trial = number, Training = training }));
        var isBest = model is not null && after.Perplexity is { } perplexity && !(perplexity >= best?.Perplexity);
        if (isBest) Keep(number, model!, after.Perplexity!.Value);
        trials[number - 1] = after;
        if (after.Outcome is not null) Record(after);
        Tell(new TrialEnded { Elapsed = Elapsed, Trial = after, BestModel = isBest ? model : null });
        return after.Outcome is not null;
    }

    /// <summary>Keeps the best model. Its line comes after its file: a sweep that is killed between the two finds the same model again.</summary>
    private void Keep(int number, LanguageModel model, double perplexity)
    {
        (best, bestModel) = ((number, perplexity), model);
        model.Save(folder.BestPath);
        folder.Add(SweepRecord.BestOf(number, perplexity, Elapsed));
    }

    private void Record(SweepTrial trial)
    {
        results[(trial.Number, trial.Rung!.Value)] = trial;
        folder.Add(SweepRecord.ResultOf(trial, Elapsed));
    }

    /// <summary>Begins the record of the folder, or goes on from what it has; the folder then, or null.</summary>
    private string? BeginOrContinue()
    {
        var identity = IdentityOf();
        var record = SweepFolder.Read(folder.Path);
        if (record is not null && options.Resumption == CheckpointResumption.Never) throw new CheckpointException($"The folder \"{folder.Path}\" has a sweep already. Name another, or delete it, or go on with it.");
        if (record is null && options.Resumption == CheckpointResumption.Required) throw new CheckpointException($"There is no sweep to go on with in the folder \"{folder.Path}\".");
        if (record is null)
        {
            folder.Begin(SweepRecord.Begin(identity, options.Notes, time.GetUtcNow()));
            foreach (var trial in trials) folder.Add(SweepRecord.Of(trial));
            if (folder.Fault is { } fault) throw new IOException($"The folder \"{folder.Path}\" cannot be written: {fault.Message}", fault);
            return null;
        }
        var differences = RunIdentity.Differences(record.Identity, identity).ToList();
        if (differences.Count > 0) throw new CheckpointException($"The folder \"{folder.Path}\" has another sweep. {string.Join(" ", differences)} Leave all as it was, or begin in another folder.", differences, cause: null);
        folder.Continue(record);
        foreach (var trial in trials.Where(trial => !record.Settings.ContainsKey(trial.Number))) folder.Add(SweepRecord.Of(trial));
        foreach (var result in record.Results) Apply(result);
        before = record.Elapsed;
        if (record.BestModel is { } found && found.Trial <= trials.Count && File.Exists(folder.BestPath)) best = found;
        return folder.Path;
    }

    private void Apply(SweepTrial result)
    {
        if (result.Number > trials.Count) return;
        trials[result.Number - 1] = result;
        results[(result.Number, result.Rung!.Value)] = result;
    }

    /// <summary>What decides what is tried. How long it may take does not: it may be longer when it goes on.</summary>
    private Dictionary<string, string> IdentityOf()
    {
        var identity = new Dictionary<string, string>(RunIdentity.Of(runner.EngineName, text.Tokenizer, text.Vocabulary, text.Corpus, text.Validation, initial: null, isInitialModel: false))
        {
            ["trials"] = Invariant($"{options.Trials}"),
            ["reduction_factor"] = Invariant($"{options.ReductionFactor}"),
            ["limited_by"] = options.TimeLimit is null ? "epochs" : "time",
            ["seed"] = Invariant($"{options.Seed}"),
            ["first_trial"] = options.FirstTrial is { } first ? first.ToString() : "drawn",
            ["parameters"] = string.Join("; ", options.Parameters.Select(parameter => $"{parameter.Name}: {parameter.Description}")),
        };
        return identity;
    }

    private void Tell(SweepEvent happened) => options.Progress?.Report(happened);
}
