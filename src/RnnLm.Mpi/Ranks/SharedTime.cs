namespace RnnLm.Mpi;

/// <summary>The time of rank 0 when the ranks agreed last, so that what follows from the time is the same for all of them.</summary>
/// <param name="own">The clock of this rank; that of rank 0 is the one that counts.</param>
internal sealed class SharedTime(TimeProvider own) : TimeProvider
{
    private readonly long start = own.GetTimestamp();
    private TimeSpan agreed;

    /// <summary>The time since the run began, by this rank's clock.</summary>
    public TimeSpan Own => own.GetElapsedTime(start);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => agreed.Ticks;

    public override DateTimeOffset GetUtcNow() => own.GetUtcNow();

    /// <summary>Goes on to a time that the ranks have agreed on.</summary>
    public void Set(TimeSpan elapsed) => agreed = elapsed;
}
