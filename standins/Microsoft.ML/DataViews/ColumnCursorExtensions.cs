using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => GetColumn<T>(data, data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Fault.CheckValue(data);
        Fault.CheckNonEmpty(column.Name, nameof(column));
        var own = data.Schema[column.Index];
        Fault.CheckArgument(own.Name == column.Name && own.Type == column.Type, nameof(column), $"column with name {column.Name}, "
            + $"type {column.Type}, and index {column.Index} cannot be found in data");
        if (column.Type.RawType == typeof(T))
            return Values<T>(data, own);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Values<ReadOnlyMemory<char>>(data, own).Select(text => text.ToString());
        if (typeof(T).IsArray)
        {
            var vector = column.Type as VectorDataViewType ?? throw Fault.Argument(nameof(column),
                $"Cannot load vector type, {column.Type}, specified in column to the user-defined type, {typeof(T)}.");
            var item = typeof(T).GetElementType();
            if (item == vector.ItemType.RawType)
                return RuntimeGenerics.CallStatic<IEnumerable<T>>(typeof(ColumnCursorExtensions), nameof(Arrays), [item], data, own);
            if (item == typeof(string) && vector.ItemType is TextDataViewType)
                return (IEnumerable<T>)Values<VBuffer<ReadOnlyMemory<char>>>(data, own).Select(Strings);
        }
        throw Fault.Argument(nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined "
            + $"type, {typeof(T)}.");
    }

    // As in ML.NET, what a sparse vector leaves out is null here.
    private static string[] Strings(VBuffer<ReadOnlyMemory<char>> texts)
    {
        var strings = new string[texts.Length];
        foreach (var (slot, text) in texts.Items())
            strings[slot] = text.ToString();
        return strings;
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column)
        => Values<VBuffer<T>>(data, column).Select(values => values.DenseValues().ToArray());

    private static IEnumerable<T> Values<T>(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var get = cursor.GetGetter<T>(column);
        T value = default;
        while (cursor.MoveNext())
        {
            get(ref value);
            yield return value;
        }
    }
}
