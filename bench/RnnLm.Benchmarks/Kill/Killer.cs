namespace RnnLm.Benchmarks.Kill;

/// <summary>Kills a training at a moment.</summary>
/// <param name="process">The training.</param>
/// <param name="folder">The folder of its checkpoints.</param>
/// <param name="reference">The same training when nobody killed it.</param>
/// <param name="windows">How many windows there are from one checkpoint to the next.</param>
/// <param name="random">What chances are drawn from.</param>
sealed class Killer(TrainingProcess process, CheckpointFolderCheck folder, KillReference reference, int windows, Random random)
{
    // How far from what is heard of, or guessed from the reference's time.
    private static readonly TimeSpan Around = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan StartAtMost = TimeSpan.FromMilliseconds(400);

    private int Checkpoints => (int)(reference.Steps / windows) + 1;

    /// <summary>Waits for the moment and kills.</summary>
    /// <returns>When, since it was started; null where it ended before.</returns>
    public TimeSpan? Kill(KillMoment moment)
    {
        switch (moment)
        {
            case KillMoment.AtAnyTime:
                WaitFor(random.NextDouble() * reference.Duration);
                break;
            case KillMoment.AfterACheckpoint:
                WaitForEvents("checkpointWritten", random.Next(Checkpoints + 1));
                WaitFor(random.NextDouble() * reference.Duration / Checkpoints);
                break;
            case KillMoment.AtTheStart:
                WaitFor(random.NextDouble() * StartAtMost);
                break;
            case KillMoment.InACheckpoint:
                WaitForTemporaries(1 + random.Next(Checkpoints));
                WaitFor(random.Next(3) * TimeSpan.FromMilliseconds(1));
                break;
            case KillMoment.InValidation:
                var epoch = random.Next(reference.EpochEnds.Count);
                WaitForEvents("epoch", epoch);
                WaitFor(reference.EpochEnds[epoch] - (epoch == 0 ? TimeSpan.Zero : reference.EpochEnds[epoch - 1]) - (random.NextDouble() * Around));
                break;
            case KillMoment.AtTheEnd:
                WaitForEvents("epoch", reference.EpochEnds.Count);
                WaitFor(random.NextDouble() * 2 * Around);
                break;
        }
        if (process.HasEnded) return null;
        var elapsed = process.Elapsed;
        process.Kill();
        process.WaitForEnd();
        return elapsed;
    }

    private void WaitFor(TimeSpan time)
    {
        var end = process.Elapsed + time;
        while (!process.HasEnded && process.Elapsed < end) Thread.Sleep(end - process.Elapsed > TimeSpan.FromMilliseconds(3) ? 1 : 0);
    }

    private void WaitForEvents(string kind, int count)
    {
        while (!process.HasEnded && process.EventsOf(kind).Count < count) Thread.Sleep(1);
    }

    /// <summary>Waits for a number of checkpoints to be begun, as their temporary files show.</summary>
    private void WaitForTemporaries(int count)
    {
        var seen = new HashSet<string>();
        while (!process.HasEnded && seen.Count < count)
        {
            seen.UnionWith(folder.Temporaries());
            Thread.Sleep(0);
        }
    }
}
