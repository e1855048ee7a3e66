namespace RnnLm.Transforms.Steps;

/// <summary>
/// The class of a mapping's input rows. ML.NET makes one of them for each cursor and prediction engine, so what is kept from row to row lies
/// in its private fields; and these are for one thread, which ML.NET asks for and does not check. Two threads at the same time would
/// silently give one of them the other's answers, so a row notices them.
/// </summary>
internal abstract class CursorInput
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Shared = 2;

    private int use;
    private int filler;

    /// <summary>Says that the thread that runs fills in a column.</summary>
    protected void FillIn() => filler = Environment.CurrentManagedThreadId;

    /// <summary>Begins to work on the row.</summary>
    /// <exception cref="InvalidOperationException">Another thread has been at it.</exception>
    internal void Begin()
    {
        if (Interlocked.CompareExchange(ref use, Busy, Idle) != Idle || filler != Environment.CurrentManagedThreadId) throw Refuse();
    }

    /// <summary>Ends the work on the row.</summary>
    /// <exception cref="InvalidOperationException">Another thread has been at it.</exception>
    internal void End()
    {
        if (filler != Environment.CurrentManagedThreadId || Interlocked.CompareExchange(ref use, Idle, Busy) != Busy) throw Refuse();
    }

    /// <summary>From now on every use is refused: what is kept from row to row may be anything.</summary>
    private InvalidOperationException Refuse()
    {
        Volatile.Write(ref use, Shared);
        return new InvalidOperationException(
            "Two threads have used one prediction engine, or one cursor, at the same time, so its answers could be those of another row. Make an " +
            "engine for each thread, or take engines from PredictionEnginePool of Microsoft.Extensions.ML; all engines of a model share its network.");
    }
}
