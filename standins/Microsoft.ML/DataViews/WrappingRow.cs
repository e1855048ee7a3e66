namespace Microsoft.ML.Data;

/// <summary>A row that stands at the place of another row.</summary>
internal abstract class WrappingRow(DataViewRow input) : DataViewRow
{
    private bool disposed;

    protected DataViewRow Input => input;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
            input.Dispose();
        disposed = true;
    }
}
