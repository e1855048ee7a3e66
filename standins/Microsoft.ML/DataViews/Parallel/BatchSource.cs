using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Deals out the rows of one cursor, in batches, to several cursors on threads of their own.</summary>
internal sealed class BatchSource
{
    private const int BatchSize = 64;

    private readonly Lock access = new();
    private readonly DataViewRowCursor input;
    private readonly BatchWriter writer;
    private int readers;
    private long batches;
    private bool ended;

    public BatchSource(DataViewRowCursor input, int readers)
    {
        this.input = input;
        this.readers = readers;
        writer = new BatchWriter(input);
    }

    public RowBatch Next()
    {
        lock (access)
        {
            if (ended)
                return null;
            // Nobody is to go on reading after an error.
            ended = true;
            try
            {
                var batch = writer.NewBatch(batches++);
                while (batch.Count < BatchSize && input.MoveNext())
                    writer.Add(batch);
                ended = batch.Count < BatchSize;
                return batch.Count > 0 ? batch : null;
            }
            catch (Exception exception)
            {
                throw Fault.State(exception, ParallelRows.WorkerFailed);
            }
        }
    }

    public void Release()
    {
        lock (access)
        {
            if (--readers == 0)
                input.Dispose();
        }
    }
}
