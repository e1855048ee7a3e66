namespace RnnLm.Benchmarks.Kill;

/// <summary>Kills a training at a moment.</summary>
/// <param name="process">The training.</param>
/// <param name="folder">The folder of its checkpoints.</param>
/// <param name="reference">The same training when nobody killed it.</param>
/// <param name="random">What chances are drawn from.</param>
sealed class Killer(TrainingProcess process, CheckpointFolderCheck folder, KillReference reference, Random random)
{
    // How far from a moment that is guessed from the reference's time.
    private static readonly TimeSpan Around = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan StartAtMost = TimeSpan.FromMilliseconds(400);

    /// <summary>Waits for the moment and kills.</summary>
    /// <returns>When, since it was started; null where it ended before.</returns>
    public TimeSpan? Kill(KillMoment moment)
    {
        switch (moment)
        {
            case KillMoment.Start:
                WaitUntil(random.NextDouble() * StartAtMost);
                break;
            case KillMoment.Checkpoint:
                WaitForWrite(1 + random.Next(Math.Max(1, reference.Checkpoints)));
                break;
            case KillMoment.Validation when reference.EpochEnds.Count > 0:
                WaitUntil(reference.EpochEnds[random.Next(reference.EpochEnds.Count)] - (((1.5 * random.NextDouble()) - 0.25) * Around));
                break;
            case KillMoment.End:
                WaitUntil(reference.Duration - (random.NextDouble() * 2 * Around));
                break;
            default:
                WaitUntil(random.NextDouble() * reference.Duration);
                break;
        }
        if (process.HasEnded) return null;
        var elapsed = process.Elapsed;
        process.Kill();
        process.WaitForEnd();
        return elapsed;
    }

    private void WaitUntil(TimeSpan time)
    {
        while (!process.HasEnded && process.Elapsed < time) Thread.Sleep(time - process.Elapsed > TimeSpan.FromMilliseconds(3) ? 1 : 0);
    }

    /// <summary>Waits for a number of checkpoints to be begun, as their temporary files show.</summary>
    private void WaitForWrite(int count)
    {
        var seen = new HashSet<string>();
        while (!process.HasEnded && seen.Count < count)
        {
            seen.UnionWith(folder.Temporaries());
            Thread.Sleep(0);
        }
        WaitUntil(process.Elapsed + (random.Next(3) * TimeSpan.FromMilliseconds(1)));
    }
}
