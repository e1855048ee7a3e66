using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// One evaluation on several threads. The recurrence can only go word by word, so one thread runs it ahead by a stretch of words
/// while all threads, that one too when it is done, predict the stretch before in blocks.
/// </summary>
internal sealed class StreamEvaluation
{
    private const int StretchLength = 8 * BlockPrediction.BlockLength;

    private readonly ReadOnlyMemory<int> ids;
    private readonly Workers workers;
    private readonly BlockRecurrence recurrence;
    private readonly IBlockPrediction[] predictions;
    private readonly BlockPrediction.Result[] results = new BlockPrediction.Result[StretchLength / BlockPrediction.BlockLength];
    private readonly Action<int> work;
    private readonly int outputSize;

    // states: [stretch, output]; one stretch is predicted while the next is being filled
    private float[] states;
    private float[] nextStates;
    private int start;
    private int count;
    private int nextCount;
    private int nextItem;

    public StreamEvaluation(Network network, ReadOnlyMemory<int> ids, bool separatesLines, Workers workers)
    {
        this.ids = ids;
        this.workers = workers;
        recurrence = new BlockRecurrence(network, ids, separatesLines);
        predictions = [.. Enumerable.Range(0, workers.Count).Select(_ => IBlockPrediction.Create(network.Output))];
        work = Work;
        outputSize = network.Shape.OutputSize;
        var length = Math.Min(StretchLength, ids.Length);
        states = new float[length * outputSize];
        nextStates = new float[length * outputSize];
    }

    public (double Loss, long Best, long AmongFive) Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        double loss = 0;
        long best = 0, amongFive = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            nextCount = Math.Min(StretchLength, ids.Length - recurrence.Position);
            nextItem = 0;
            workers.Run(workers.Count, work);
            // In the order of the text, so that the sum does not depend on which thread was first.
            for (var block = 0; block < Blocks; block++)
            {
                loss += results[block].Loss;
                best += results[block].Best;
                amongFive += results[block].AmongFive;
            }

            start += count;
            count = nextCount;
            (states, nextStates) = (nextStates, states);
            progress?.Report((double)start / ids.Length);
        }
        while (count > 0);
        return (loss, best, amongFive);
    }

    private int Blocks => (count + BlockPrediction.BlockLength - 1) / BlockPrediction.BlockLength;

    private void Work(int thread)
    {
        for (int item; (item = Interlocked.Increment(ref nextItem) - 1) <= Blocks;)
        {
            // The recurrence first: it is the longest piece.
            if (item == 0) recurrence.Read(new MatrixView(nextStates, nextCount, outputSize));
            else Predict(item - 1, predictions[thread]);
        }
    }

    private void Predict(int block, IBlockPrediction prediction)
    {
        var first = block * BlockPrediction.BlockLength;
        var length = Math.Min(BlockPrediction.BlockLength, count - first);
        var blockStates = new MatrixView(states, first * outputSize, length, outputSize, outputSize);
        results[block] = prediction.Compare(blockStates, ids.Span.Slice(start + first, length));
    }
}
