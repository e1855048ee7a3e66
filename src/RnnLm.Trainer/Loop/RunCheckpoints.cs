namespace RnnLm.Training;

/// <summary>The checkpoints of one run: makes them when they are due, and tells what became of them.</summary>
/// <param name="plan">What is known of them.</param>
/// <param name="options">The options of the run.</param>
/// <param name="clock">The time of the run.</param>
/// <param name="progress">Who is told.</param>
/// <param name="save">Saves the state of the run; false where it cannot be.</param>
internal sealed class RunCheckpoints(
    CheckpointPlan plan, TrainingOptions options, RunClock clock, ProgressReporter progress, Func<TrainingState, bool> save) : IDisposable
{
    private readonly CheckpointSchedule schedule = new(plan.Options);
    private readonly CheckpointWriter writer = new(plan.Options, plan.Claim, plan.Found?.Damaged ?? []);
    private readonly bool writes = plan.Claim is not null; // saving is for all processes that train one network, writing for one of them
    private readonly IReadOnlyDictionary<string, string> description = options.Describe();

    private bool isBeginning;

    /// <summary>Why the last one that could not be written was not, where none could be after it.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether the state of the run can be saved: its engine may not be able to.</summary>
    public bool CanSave() => save(writer.Begin());

    /// <summary>Goes on from the checkpoint that was found.</summary>
    /// <param name="restore">Goes on from a state.</param>
    /// <exception cref="CheckpointException">It can no longer be read, or is not of such a run, or no further ones can be written into its folder.</exception>
    public void Restore(Action<TrainingState> restore)
    {
        var found = plan.Found!;
        try
        {
            plan.Claim?.Take();
            if (writes) CheckpointFolder.CheckWritable(plan.Options.Folder, plan.Options.Files);
            using var reader = new CheckpointReader(found.Path, plan.Options.Files);
            restore(new TrainingState(reader));
        }
        catch (Exception fault) when (fault is not (CheckpointException or OutOfMemoryException or OperationCanceledException))
        {
            throw new CheckpointException($"Training cannot go on from \"{found.Path}\": {fault.Message}", fault);
        }
    }

    /// <summary>Makes the first one, of a run that begins, and waits until it is written.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void Begin(TrainingPosition position)
    {
        try
        {
            plan.Claim?.Take();
            // Where the folder was not there when it was looked for, another training may have come and gone.
            if (writes && CheckpointFolder.HasAny(plan.Options.Folder, plan.Options.Files)) throw CheckpointException.OfThoseThere(plan.Options.Folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(fault);
        }
        isBeginning = true;
        Make(position);
        Finish();
        isBeginning = false;
        if (Fault is not null) throw NotWritable(Fault);
    }

    /// <summary>Tells that training goes on, and what may be another than it was.</summary>
    public void TellOfResumption()
    {
        var found = plan.Found!;
        schedule.Restart(clock.Elapsed);
        progress.Report(new TrainingResumed
        {
            Elapsed = clock.Elapsed,
            Checkpoint = found.Path,
            Epoch = found.Epoch,
            Step = found.Step,
            PassedOver = found.PassedOver,
            Notes = found.Notes,
            Differences = found.Record.Processor == Processor.Description
                ? null
                : $"The checkpoint was written with another processor ({found.Record.Processor}) than this one ({Processor.Description}): "
                    + "what follows may differ in its last bits.",
        });
    }

    /// <summary>Makes one after a window where one is due, and tells what became of the one before.</summary>
    public void WindowTrained(TrainingPosition position)
    {
        Tell(writer.Take(wait: false));
        if (schedule.IsDueAfterWindow(clock.Elapsed)) Make(position);
    }

    /// <summary>Makes one now; it is written while the run goes on.</summary>
    public void Make(TrainingPosition position)
    {
        var start = clock.Elapsed;
        Tell(writer.Take(wait: true));
        var fault = Save();
        schedule.Restart(clock.Elapsed);
        if (!writes && fault is null) return;
        var record = new CheckpointRecord
        {
            Epoch = position.Epoch,
            Step = position.Step,
            Processor = Processor.Description,
            Options = description,
            Identity = plan.Identity,
            Notes = plan.Options.Notes,
        };
        if (fault is not null)
        {
            Tell(new CheckpointOutcome(CheckpointFolder.PathOf(plan.Options.Folder, position.Step), record, 0, clock.Elapsed - start, fault));
            return;
        }
        writer.Write(record, clock.Elapsed - start);
    }

    /// <summary>Waits until the last one is written, and tells what became of it.</summary>
    public void Finish() => Tell(writer.Take(wait: true));

    public void Dispose() => writer.Take(wait: true);

    /// <summary>Saves the state of the run; why that cannot be done, or null.</summary>
    private Exception? Save()
    {
        try
        {
            return save(writer.Begin()) ? null : new NotSupportedException("The engine cannot save its state as it is now.");
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            return fault;
        }
    }

    private CheckpointException NotWritable(Exception fault)
        => new($"No checkpoint can be written into the folder \"{plan.Options.Folder}\": {fault.Message}", fault);

    private void Tell(CheckpointOutcome? outcome)
    {
        if (outcome is null) return;
        Fault = outcome.Fault;
        // Of the first one whoever began the training is told by the exception: training does not go on.
        if (isBeginning && Fault is not null) return;
        progress.Report(outcome.Fault is { } fault
            ? new CheckpointFailed { Elapsed = clock.Elapsed, Path = outcome.Path, Fault = fault }
            : new CheckpointWritten
            {
                Elapsed = clock.Elapsed,
                Path = outcome.Path,
                Epoch = outcome.Record.Epoch,
                Step = outcome.Record.Step,
                Bytes = outcome.Bytes,
                Paused = outcome.Paused,
            });
    }
}
