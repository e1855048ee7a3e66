using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over rows with added columns.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, AddedColumns columns, bool[] active, Delegate[] getters) : WrappingCursor(input)
{
    public override DataViewSchema Schema => columns.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Fault.Check(column.Index < active.Length);
        return active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Fault.Check(IsColumnActive(column));
        return columns.IsAdded(column.Index, out var index)
            ? Getters.As<TValue>(getters[index])
            : Input.GetGetter<TValue>(Input.Schema[index]);
    }
}
