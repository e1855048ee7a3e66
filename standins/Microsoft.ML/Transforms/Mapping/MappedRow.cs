namespace Microsoft.ML.Data;

/// <summary>A row with added columns; a column has a getter where it is active.</summary>
internal sealed class MappedRow(DataViewRow input, AddedColumns columns, Delegate[] getters) : WrappingRow(input)
{
    public override DataViewSchema Schema => columns.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column)
        => columns.IsAdded(column.Index, out var index)
            ? getters[index] is not null
            : Input.IsColumnActive(Input.Schema[index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => columns.IsAdded(column.Index, out var index)
            ? Getters.As<TValue>(getters[index])
            : Input.GetGetter<TValue>(Input.Schema[index]);
}
