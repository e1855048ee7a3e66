namespace RnnLm.Training;

/// <summary>Writes checkpoints beside the training, one at a time.</summary>
/// <param name="options">Where, and how many stay.</param>
/// <param name="claim">The right to write there; null where nothing is written.</param>
/// <param name="damaged">Files of the folder that are known not to be whole.</param>
internal sealed class CheckpointWriter(CheckpointOptions options, CheckpointClaim? claim, IEnumerable<string> damaged)
{
    private readonly CopiedValues values = new();
    private readonly HashSet<string> damaged = [.. damaged];
    private Task<CheckpointOutcome>? pending;

    /// <summary>Whether one is being written, or what became of it has not been taken yet.</summary>
    public bool IsPending => pending is not null;

    /// <summary>What to save a state into, with nothing in it: not while <see cref="IsPending"/>.</summary>
    public TrainingState Begin()
    {
        values.Clear();
        return new TrainingState(values);
    }

    /// <summary>Begins to write what has been saved.</summary>
    /// <param name="record">What the checkpoint tells of its run.</param>
    /// <param name="paused">How long training stood still for it.</param>
    public void Write(CheckpointRecord record, TimeSpan paused) => pending = Task.Run(() => WriteNow(record, paused));

    /// <summary>What became of the one that was being written; null where there is none, or it is still being written and is not to be waited for.</summary>
    public CheckpointOutcome? Take(bool wait)
    {
        if (pending is null || (!wait && !pending.IsCompleted)) return null;
        var outcome = pending.GetAwaiter().GetResult();
        pending = null;
        return outcome;
    }

    private CheckpointOutcome WriteNow(CheckpointRecord record, TimeSpan paused)
    {
        var path = CheckpointFolder.PathOf(options.Folder, record.Step);
        try
        {
            claim!.Take();
            var bytes = CheckpointFile.Write(path, record, values, options.Files);
            damaged.Remove(path);
            CheckpointFolder.Prune(path, options.Keep, damaged, claim!, options.Files);
            return new CheckpointOutcome(path, record, bytes, paused, null);
        }
        catch (Exception fault)
        {
            return new CheckpointOutcome(path, record, 0, paused, fault);
        }
    }
}
