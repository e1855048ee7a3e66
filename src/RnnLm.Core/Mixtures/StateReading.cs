using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Scoring;

namespace RnnLm.Mixtures;

/// <summary>
/// Reads a text with several networks, on several threads: a thread for each network runs its recurrence ahead by a stretch of words while the others work on
/// the stretch before in blocks. What a block is does not depend on the number of threads.
/// </summary>
internal sealed class StateReading
{
    /// <summary>The number of words of a block.</summary>
    public const int BlockLength = WordScorer.StatesAtOnce;

    /// <summary>The number of words of a stretch.</summary>
    public const int StretchLength = 8 * BlockLength;

    private readonly int length;
    private readonly Workers workers;
    private readonly StreamStates[] recurrences;
    private readonly BlockWork blockWork;
    private readonly Action<int> work;
    private int start;
    private int count;
    private int nextCount;
    private int nextItem;

    /// <param name="networks">The networks, and how many of the states before the words at hand are kept of each.</param>
    /// <param name="text">The text: an end-of-line word, then all words.</param>
    /// <param name="separatesLines">Whether the state is zero again at the beginning of every line.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="blockWork">Works on a block.</param>
    public StateReading(IReadOnlyList<(Network Network, int Kept)> networks, ReadOnlyMemory<int> text, bool separatesLines, Workers workers, BlockWork blockWork)
    {
        length = text.Length - 1;
        this.workers = workers;
        this.blockWork = blockWork;
        recurrences = [.. networks.Select(part => new StreamStates(part.Network, text[1..], separatesLines))];
        Windows = [.. networks.Select(part => new StateWindow(part.Network.Shape.OutputSize, part.Kept, (int)Math.Min(length, part.Kept + (2L * StretchLength))))];
        work = Work;
    }

    /// <summary>Works on words that follow one another, all of them in one stretch.</summary>
    /// <param name="thread">The thread, from 0.</param>
    /// <param name="position">The position of the first word.</param>
    /// <param name="count">The number of words.</param>
    public delegate void BlockWork(int thread, int position, int count);

    /// <summary>The states of each network.</summary>
    public StateWindow[] Windows { get; }

    /// <summary>Reads the text.</summary>
    /// <param name="handle">Is told of each stretch when it has been worked on: the position of its first word, and the number of words.</param>
    /// <param name="progress">Who is told which share of the words is done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public void Run(Action<int, int>? handle, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            nextCount = Math.Min(StretchLength, length - (start + count));
            nextItem = 0;
            workers.Run(workers.Count, work);
            handle?.Invoke(start, count);
            start += count;
            count = nextCount;
            foreach (var window in Windows)
            {
                window.Append(nextCount);
                window.Forget(start);
            }
            progress?.Report((double)start / length);
        }
        while (count > 0);
    }

    private void Work(int thread)
    {
        var blocks = (count + BlockLength - 1) / BlockLength;
        for (int item; (item = Interlocked.Increment(ref nextItem) - 1) < recurrences.Length + blocks;)
        {
            // The recurrences first: they are the longest pieces.
            if (item < recurrences.Length)
            {
                recurrences[item].Read(Windows[item].Next(nextCount));
                continue;
            }
            var first = (item - recurrences.Length) * BlockLength;
            blockWork(thread, start + first, Math.Min(BlockLength, count - first));
        }
    }
}
