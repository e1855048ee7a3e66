namespace RnnLm.Numerics;

/// <summary>Threads that sleep until a number changes. Nothing is allocated.</summary>
internal sealed class Sleepers
{
    private int count;

    /// <summary>Wakes them all; to be called after the number was changed by an interlocked operation.</summary>
    public void Wake()
    {
        // That operation is a full fence: either this sees the sleeper that went to bed before, or the sleeper sees the change.
        if (Volatile.Read(ref count) == 0) return;
        lock (this) Monitor.PulseAll(this);
    }

    /// <summary>Sleeps until the number is another than was seen.</summary>
    public void SleepWhile(ref ulong number, ulong seen)
    {
        lock (this)
        {
            Interlocked.Increment(ref count);
            while (Volatile.Read(ref number) == seen) Monitor.Wait(this);
            Interlocked.Decrement(ref count);
        }
    }
}
