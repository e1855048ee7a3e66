using System.Collections.Concurrent;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Runs several cursors on threads of their own and puts their rows in the order of their batches.</summary>
internal sealed class BatchMerge
{
    private const int BatchesAhead = 4;

    private readonly CancellationTokenSource cancellation = new();
    private readonly BlockingCollection<RowBatch>[] queues;
    private readonly RowBatch[] heads;
    private readonly Task[] workers;

    public BatchMerge(DataViewRowCursor[] inputs)
    {
        queues = Array.ConvertAll(inputs, _ => new BlockingCollection<RowBatch>(BatchesAhead));
        heads = new RowBatch[inputs.Length];
        workers = [.. inputs.Select((input, i) => Task.Factory.StartNew(
            () => Run(input, queues[i]), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
    }

    /// <summary>The next batch, or null after the last.</summary>
    public RowBatch Next()
    {
        var first = -1;
        for (var i = 0; i < heads.Length; i++)
        {
            if (heads[i] is null && queues[i].TryTake(out var batch, Timeout.Infinite))
                heads[i] = batch;
            if (heads[i]?.Error is { } error)
                throw Fault.State(error, ParallelRows.WorkerFailed);
            if (heads[i] is not null && (first < 0 || heads[i].Number < heads[first].Number))
                first = i;
        }
        if (first < 0)
            return null;
        var next = heads[first];
        heads[first] = null;
        return next;
    }

    public void Stop()
    {
        cancellation.Cancel();
        Task.WaitAll(workers);
        cancellation.Dispose();
    }

    private void Run(DataViewRowCursor input, BlockingCollection<RowBatch> queue)
    {
        try
        {
            using (input)
                Copy(input, queue);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The reader has gone.
        }
        catch (Exception exception)
        {
            // The error comes after the rows before it.
            AddOrGiveUp(queue, RowBatch.OfError(exception));
        }
        finally
        {
            queue.CompleteAdding();
        }
    }

    private void Copy(DataViewRowCursor input, BlockingCollection<RowBatch> queue)
    {
        var writer = new BatchWriter(input);
        RowBatch batch = null;
        while (!cancellation.IsCancellationRequested && input.MoveNext())
        {
            if (batch is not null && batch.Number != input.Batch)
            {
                queue.Add(batch, cancellation.Token);
                batch = null;
            }
            batch ??= writer.NewBatch(input.Batch);
            writer.Add(batch);
        }
        if (batch is not null)
            queue.Add(batch, cancellation.Token);
    }

    private void AddOrGiveUp(BlockingCollection<RowBatch> queue, RowBatch batch)
    {
        try
        {
            queue.Add(batch, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
    }
}
