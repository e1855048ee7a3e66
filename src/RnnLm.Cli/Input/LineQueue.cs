using System.Runtime.ExceptionServices;

namespace RnnLm.Cli.Input;

/// <summary>
/// Lines that a thread of their own reads ahead. Whoever takes them gets those that are there without waiting for more, and need not wait for a line that never
/// comes: a cancellation ends the wait, though not the read.
/// </summary>
sealed class LineQueue<TLine>
{
    // Enough that what lines begin with is shared, and few enough that the first answers are soon there.
    private const int MostLines = 2048;
    private const long MostCharacters = 1 << 20;

    private readonly object gate = new();
    private readonly Func<TLine, int> lengthOf;
    private List<TLine> lines = [];
    private long characters;
    private bool isAtEnd;
    private bool isAbandoned;
    private Exception? fault;

    private LineQueue(Func<TLine, int> lengthOf) => this.lengthOf = lengthOf;

    private bool IsFull => lines.Count >= MostLines || characters >= MostCharacters;

    /// <summary>The lines of a source in their order, in lists of those that are there when a list is asked for.</summary>
    /// <param name="source">The lines.</param>
    /// <param name="lengthOf">How many characters a line has.</param>
    /// <param name="cancellation">Ends the wait for one.</param>
    public static IEnumerable<IReadOnlyList<TLine>> Read(IEnumerable<TLine> source, Func<TLine, int> lengthOf, CancellationToken cancellation)
    {
        var queue = new LineQueue<TLine>(lengthOf);
        // In the background: a read that waits does not keep the process from ending.
        new Thread(() => queue.Fill(source)) { IsBackground = true, Name = "Input" }.Start();
        using var wake = cancellation.Register(queue.Wake);
        try
        {
            while (queue.Take(cancellation) is { Count: > 0 } taken) yield return taken;
        }
        finally
        {
            queue.Abandon();
        }
    }

    private void Fill(IEnumerable<TLine> source)
    {
        try
        {
            foreach (var line in source)
            {
                lock (gate)
                {
                    while (IsFull && !isAbandoned) Monitor.Wait(gate);
                    if (isAbandoned) return;
                    lines.Add(line);
                    characters += lengthOf(line);
                    if (lines.Count == 1) Monitor.PulseAll(gate);
                }
            }
        }
        catch (Exception exception)
        {
            fault = exception;
        }
        finally
        {
            lock (gate)
            {
                isAtEnd = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Takes the lines that are there, or waits for the next; there are none at the end.</summary>
    private List<TLine> Take(CancellationToken cancellation)
    {
        lock (gate)
        {
            while (lines.Count == 0 && !isAtEnd && !cancellation.IsCancellationRequested) Monitor.Wait(gate);
            cancellation.ThrowIfCancellationRequested();
            if (lines.Count == 0 && fault is not null) ExceptionDispatchInfo.Throw(fault);
            var taken = lines;
            (lines, characters) = ([], 0);
            Monitor.PulseAll(gate);
            return taken;
        }
    }

    private void Wake()
    {
        lock (gate) Monitor.PulseAll(gate);
    }

    private void Abandon()
    {
        lock (gate)
        {
            isAbandoned = true;
            Monitor.PulseAll(gate);
        }
    }
}
