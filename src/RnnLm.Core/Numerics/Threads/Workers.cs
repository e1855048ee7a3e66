using System.Runtime.ExceptionServices;

namespace RnnLm.Numerics;

/// <summary>A few threads that share the parts of one piece of work after another.</summary>
/// <remarks>
/// <para>
/// Between two runs the threads watch for the next for some tens of microseconds before they go to sleep, so that runs that
/// follow each other closely cost a microsecond or two each.
/// </para>
/// <para>
/// One caller at a time: a second run from another thread, or from within a part, is refused.
/// <see cref="Single"/> is the exception: it has no threads and no state, and anyone may use it at any time.
/// </para>
/// </remarks>
internal sealed unsafe class Workers : IDisposable
{
    /// <summary>Workers that do everything on the caller's thread.</summary>
    public static readonly Workers Single = new(1);

    // How often a thread looks for news before it sleeps: some tens of microseconds, or hardly at all where it would keep
    // the thread it waits for from a processor.
    private readonly int patience;

    private readonly Lock exceptionLock = new();
    private readonly WaitQueue idle = new();
    private readonly object allDone = new();
    private readonly List<Exception> exceptions = [];
    private readonly Thread[] threads;

    // What to run. Written by the caller before it raises the run number, read by the threads after they saw it raised.
    private delegate*<void*, int, void> kernel;
    private void* kernelState;
    private Action<int>? body;
    private int parts;

    private ulong run;
    private int busy;
    private int callerSleeps;
    private int inUse;
    private int waiting;
    private int meeting;
    private volatile bool failed;
    private volatile bool disposed;

    /// <summary>Starts the threads; the caller's own is one of those counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Count = threads;
        patience = threads <= Environment.ProcessorCount ? 2000 : 20;
        this.threads = new Thread[threads - 1];
        for (var i = 0; i < this.threads.Length; i++)
        {
            var index = i + 1;
            this.threads[i] = new Thread(() => Serve(index)) { IsBackground = true, Name = $"RnnLm worker {index}" };
            this.threads[i].Start();
        }
    }

    /// <summary>The number of threads that take part, the caller's among them.</summary>
    public int Count { get; }

    /// <summary>
    /// Runs <c>body(0) … body(parts − 1)</c> and returns when all are done. Part <c>p</c> always runs on thread <c>p mod Count</c>,
    /// part 0 on the caller's, so what a part wrote last time is still in its core's cache.
    /// Nothing is allocated; keep the delegate from call to call.
    /// </summary>
    /// <exception cref="Exception">What a part threw, as it was thrown. A thread whose part threw skips its later parts; the others finish theirs.</exception>
    /// <exception cref="AggregateException">Parts on several threads threw, and not all the same.</exception>
    /// <exception cref="InvalidOperationException">A run is in progress.</exception>
    /// <exception cref="ObjectDisposedException">The workers are disposed of.</exception>
    public void Run(int parts, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        if (Count == 1)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            for (var part = 0; part < parts; part++) body(part);
            return;
        }

        Enter();
        this.body = body;
        RunParts(parts);
    }

    /// <summary>The same for a kernel: <c>kernel(state, 0) … kernel(state, parts − 1)</c>.</summary>
    /// <inheritdoc cref="Run(int, Action{int})"/>
    internal void Run(int parts, delegate*<void*, int, void> kernel, void* state)
    {
        // Work in one part needs no other thread, and so may be done from within a part.
        if (Count == 1 || parts <= 1)
        {
            for (var part = 0; part < parts; part++) kernel(state, part);
            return;
        }

        Enter();
        this.kernel = kernel;
        kernelState = state;
        RunParts(parts);
    }

    /// <summary>
    /// A barrier inside a run: returns when every part has called it. Only for a run of exactly <see cref="Count"/> parts
    /// in which every part calls it equally often.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run has not <see cref="Count"/> parts.</exception>
    /// <exception cref="OperationCanceledException">Another part threw and will never arrive.</exception>
    public void Synchronize()
    {
        if (Count == 1) return;
        if (inUse == 0 || parts != Count)
            throw new InvalidOperationException($"Parts can wait for each other only in a run of {Count} parts, one for each thread.");

        var current = Volatile.Read(ref meeting);
        if (Interlocked.Increment(ref waiting) == Count)
        {
            waiting = 0;
            Volatile.Write(ref meeting, current + 1);
            return;
        }

        for (var looks = 0; Volatile.Read(ref meeting) == current; looks++)
        {
            if (failed) throw new OperationCanceledException("Another part of the run failed.");
            Pause(looks);
        }
    }

    /// <summary>Ends the threads.</summary>
    /// <exception cref="InvalidOperationException">A run is in progress, or this is <see cref="Single"/>.</exception>
    public void Dispose()
    {
        if (this == Single) throw new InvalidOperationException("Workers.Single belongs to everyone and cannot be disposed of.");
        if (disposed) return;
        if (Count > 1) Enter();
        disposed = true;
        Announce();
        foreach (var thread in threads) thread.Join();
        inUse = 0;
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Interlocked.Exchange(ref inUse, 1) != 0)
            throw new InvalidOperationException("These workers are in the middle of a run; each caller needs workers of its own.");
    }

    private void RunParts(int parts)
    {
        this.parts = parts;
        waiting = 0;
        Volatile.Write(ref busy, threads.Length);
        Announce();
        RunShare(0);

        for (var looks = 0; Volatile.Read(ref busy) != 0; looks++)
        {
            if (looks < patience) Pause(looks);
            else SleepUntilDone();
        }

        body = null;
        kernel = null;
        var thrown = failed ? TakeExceptions() : null;
        Volatile.Write(ref inUse, 0);
        if (thrown is null) return;
        // One cause met by several parts is told once.
        if (thrown.DistinctBy(exception => (exception.GetType(), exception.Message)).Count() == 1) ExceptionDispatchInfo.Throw(thrown[0]);
        throw new AggregateException("Several parts of a parallel run failed.", thrown);
    }

    private void RunShare(int thread)
    {
        try
        {
            if (kernel is not null)
            {
                for (var part = thread; part < parts; part += Count) kernel(kernelState, part);
            }
            else
            {
                for (var part = thread; part < parts; part += Count) body!(part);
            }
        }
        catch (Exception exception)
        {
            // Whoever waits at a barrier for this thread gives up because of it; only the cause is worth telling.
            lock (exceptionLock)
            {
                if (!failed || exception is not OperationCanceledException) exceptions.Add(exception);
                failed = true;
            }
        }
    }

    private Exception[] TakeExceptions()
    {
        lock (exceptionLock)
        {
            Exception[] taken = [.. exceptions];
            exceptions.Clear();
            failed = false;
            return taken;
        }
    }

    private void Serve(int thread)
    {
        for (var seen = 0UL; ; seen++)
        {
            for (var looks = 0; Volatile.Read(ref run) == seen; looks++)
            {
                if (looks < patience) Pause(looks);
                else idle.WaitWhile(ref run, seen);
            }

            if (disposed) return;
            RunShare(thread);
            if (Interlocked.Decrement(ref busy) == 0 && Volatile.Read(ref callerSleeps) != 0)
            {
                lock (allDone) Monitor.Pulse(allDone);
            }
        }
    }

    private void Announce()
    {
        Interlocked.Increment(ref run);
        idle.WakeAll();
    }

    private void SleepUntilDone()
    {
        lock (allDone)
        {
            Interlocked.Exchange(ref callerSleeps, 1);
            while (Volatile.Read(ref busy) != 0) Monitor.Wait(allDone);
            Volatile.Write(ref callerSleeps, 0);
        }
    }

    /// <summary>What a thread does between two looks for news.</summary>
    /// <param name="looks">How often it has looked.</param>
    internal static void Pause(int looks)
    {
        const int LooksBeforeYielding = 64;
        if (looks % LooksBeforeYielding == LooksBeforeYielding - 1) Thread.Yield();
        else Thread.SpinWait(1);
    }
}
