using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over some of the rows of another, which counts its own rows.</summary>
internal abstract class FilteringCursor(DataViewRowCursor input, bool[] active) : WrappingCursor(input)
{
    private long position = -1;
    private bool ended;

    public sealed override long Position => position;

    public sealed override DataViewSchema Schema => Input.Schema;

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Fault.Check(IsColumnActive(column));
        return Input.GetGetter<TValue>(column);
    }

    public sealed override bool MoveNext()
    {
        if (ended)
            return false;
        ended = !MoveInput();
        position = ended ? -1 : position + 1;
        return !ended;
    }

    /// <summary>Moves the input to the next row that belongs to this cursor.</summary>
    protected abstract bool MoveInput();
}
