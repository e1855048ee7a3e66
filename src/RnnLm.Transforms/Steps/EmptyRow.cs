using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Steps;

/// <summary>A row without columns.</summary>
internal sealed class EmptyRow : DataViewRow
{
    public override DataViewSchema Schema { get; } = new DataViewSchema.Builder().ToSchema();

    public override long Position => 0;

    public override long Batch => 0;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => throw new ArgumentOutOfRangeException(nameof(column), column.Name, "The row has no columns.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

    public override bool IsColumnActive(DataViewSchema.Column column) => false;
}
