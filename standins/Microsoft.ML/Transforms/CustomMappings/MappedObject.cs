using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>
/// The source and target objects of a custom mapping on one row or cursor. Both are used again for each row, so what a
/// mapping leaves unset in the target keeps its value from the row before.
/// </summary>
internal sealed class MappedObject<TSrc, TDst>(DataViewRow input, Action<TSrc> fill, RowType outputs, Action<TSrc, TDst> map)
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly TSrc source = new();
    private readonly TDst target = new();
    private readonly ObjectRow<TDst> row = new(outputs);
    private long lastPosition = -1;

    public Delegate[] CreateGetters(Func<int, bool> isActive)
        => [.. row.Schema.Select(column => isActive(column.Index)
            ? RuntimeGenerics.Call<Delegate>(GetType(), this, nameof(Getter), [column.Type.RawType], column)
            : null)];

    private ValueGetter<T> Getter<T>(DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        return (ref T value) =>
        {
            Refresh();
            get(ref value);
        };
    }

    private void Refresh()
    {
        if (lastPosition == input.Position)
            return;
        fill(source);
        map(source, target);
        row.MoveTo(target);
        lastPosition = input.Position;
    }
}
