namespace RnnLm.Numerics;

/// <summary>The threads that wait for a number to change, asleep. Nothing is allocated.</summary>
internal sealed class WaitQueue
{
    private int sleepers;

    /// <summary>Wakes them all; to be called after the number was changed by an interlocked operation.</summary>
    public void WakeAll()
    {
        // That operation is a full fence: either this sees the sleeper that went to bed before, or the sleeper sees the change.
        if (Volatile.Read(ref sleepers) == 0) return;
        lock (this) Monitor.PulseAll(this);
    }

    /// <summary>Sleeps until the number is another than was seen.</summary>
    public void WaitWhile(ref ulong number, ulong seen)
    {
        lock (this)
        {
            Interlocked.Increment(ref sleepers);
            while (Volatile.Read(ref number) == seen) Monitor.Wait(this);
            Interlocked.Decrement(ref sleepers);
        }
    }
}
