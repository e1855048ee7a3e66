using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes the columns of a row into the members of an object.</summary>
internal sealed class RowReader<TRow>
    where TRow : class
{
    private readonly List<(RowMember Member, int Column)> bindings = [];

    /// <exception cref="ArgumentOutOfRangeException">A member has no column, and missing columns are not ignored.</exception>
    /// <exception cref="InvalidOperationException">A member cannot hold what its column holds.</exception>
    public RowReader(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        var type = definition is null
            ? RowType.Create(typeof(TRow), SchemaDefinition.Direction.Write)
            : RowType.Create(typeof(TRow), definition);
        foreach (var member in type.Members)
        {
            if (!schema.TryGetIndex(member.Name, out var index))
            {
                if (ignoreMissingColumns)
                    continue;
                throw Fault.MissingColumn("Schema", "", member.Name);
            }
            var columnType = schema[index].Type;
            var item = MemberType.ItemOf(member.Member, out var isVector);
            Fault.Check(isVector == columnType is VectorDataViewType && item.RawType == columnType.ItemType().RawType,
                $"Can't bind the IDataView column '{member.Name}' of type '{columnType}' to field or property "
                + $"'{member.Member.Name}' of type '{member.MemberType.FullName}'.");
            bindings.Add((member, index));
        }
    }

    /// <summary>The indices of the columns that are read.</summary>
    public IEnumerable<int> Columns => bindings.Select(b => b.Column);

    /// <summary>An action that writes what <paramref name="row"/> holds at that time into an object.</summary>
    public Action<TRow> CreateFiller(DataViewRow row)
    {
        Action<TRow>[] setters = [.. bindings.Select(b => CreateSetter(row, b.Member, row.Schema[b.Column]))];
        return target =>
        {
            foreach (var setter in setters)
                setter(target);
        };
    }

    private static Action<TRow> CreateSetter(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var type = member.MemberType;
        if (type == typeof(string))
            return Text(row, member, column);
        if (type == typeof(string[]))
            return TextArray(row, member, column);
        var method = type.IsArray ? nameof(Array) : column.Type is VectorDataViewType ? nameof(Buffer) : nameof(Value);
        return RuntimeGenerics.CallStatic<Action<TRow>>(typeof(RowReader<TRow>), method, [column.Type.ItemType().RawType],
            row, member, column);
    }

    private static Action<TRow> Text(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(column);
        var write = member.Writer<TRow, string>();
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            write(target, value.ToString());
        };
    }

    private static Action<TRow> TextArray(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var read = member.Reader<TRow, string[]>();
        var write = member.Writer<TRow, string[]>();
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            get(ref value);
            var texts = Reuse(read?.Invoke(target), value.Length);
            foreach (var (slot, text) in value.Items(all: true))
                texts[slot] = text.ToString();
            write(target, texts);
        };
    }

    private static Action<TRow> Array<T>(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var read = member.Reader<TRow, T[]>();
        var write = member.Writer<TRow, T[]>();
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            var items = Reuse(read?.Invoke(target), value.Length);
            value.CopyTo(items);
            write(target, items);
        };
    }

    private static Action<TRow> Buffer<T>(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var read = member.Reader<TRow, VBuffer<T>>();
        var write = member.Writer<TRow, VBuffer<T>>();
        return target =>
        {
            var value = read is null ? default : read(target);
            get(ref value);
            write(target, value);
        };
    }

    private static Action<TRow> Value<T>(DataViewRow row, RowMember member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        var write = member.Writer<TRow, T>();
        T value = default;
        return target =>
        {
            get(ref value);
            write(target, value);
        };
    }

    // As in ML.NET, an empty vector leaves a member without array as it is: null.
    private static T[] Reuse<T>(T[] old, int length) => (old?.Length ?? 0) == length ? old : new T[length];
}
