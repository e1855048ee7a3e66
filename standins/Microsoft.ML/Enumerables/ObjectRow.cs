using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row whose values are the members of an object, which can be exchanged for the next one.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] getters;
    private TRow current;
    private long position = -1;

    public ObjectRow(RowType type)
        : this(type, type.Schema, _ => true)
    {
    }

    public ObjectRow(RowType type, DataViewSchema schema, Func<int, bool> isActive)
    {
        Schema = schema;
        getters = [.. type.Members.Select((member, i) => isActive(i) ? new MemberGetters<TRow>(this).Create(member) : null)];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => position;

    public override long Batch => 0;

    internal TRow Current => position >= 0 ? current : throw Fault.State(Getters.NoRow);

    public void MoveTo(TRow row)
    {
        Fault.CheckValue(row);
        current = row;
        position++;
    }

    public void MoveBeyondEnd()
    {
        current = null;
        position = -1;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)(position >= 0 ? position : throw Fault.State(Getters.NoRow)), 0);

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Fault.Check(column.Index >= 0 && column.Index < getters.Length, $"Column index must be between 0 and {getters.Length}");
        return getters[column.Index] is not null;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Fault.CheckArgument(IsColumnActive(column), nameof(column), "requested column not active");
        return getters[column.Index] as ValueGetter<TValue> ?? throw Fault.State($"Invalid TValue in GetGetter for column #{column}: "
            + $"'{typeof(TValue)}', expected type: '{getters[column.Index].GetType().GetGenericArguments()[0]}'.");
    }
}
