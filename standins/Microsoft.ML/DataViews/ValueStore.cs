namespace Microsoft.ML.Data;

/// <summary>Values of one column, kept by place.</summary>
internal abstract class ValueStore
{
    public static ValueStore Create(DataViewType type)
        => (ValueStore)Activator.CreateInstance(
            type is VectorDataViewType vector
                ? typeof(VectorStore<>).MakeGenericType(vector.ItemType.RawType)
                : typeof(ScalarStore<>).MakeGenericType(type.RawType));

    /// <summary>
    /// An action that puts the value that a row then has into any store of the column's type, at a place: one that is
    /// taken, or the next new one.
    /// </summary>
    public static Action<ValueStore, int> CreateWriter(DataViewRow row, DataViewSchema.Column column)
        => Runtime.RuntimeGenerics.CallStatic<Action<ValueStore, int>>(typeof(ValueStore), nameof(Writer), [column.Type.RawType],
            row, column);

    /// <summary>A getter for the value at the place that <paramref name="place"/> then gives, in the store that it gives with it.</summary>
    public static Delegate CreateGetter(DataViewType type, Func<(ValueStore Store, int Place)> place) => Create(type).Getter(place);

    protected abstract Delegate Getter(Func<(ValueStore Store, int Place)> place);

    private static Action<ValueStore, int> Writer<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        return (store, place) =>
        {
            T value = default;
            get(ref value);
            var values = ((Store<T>)store).Values;
            if (place == values.Count)
                values.Add(value);
            else
                values[place] = value;
        };
    }

    private abstract class Store<T> : ValueStore
    {
        public List<T> Values { get; } = [];

        protected override Delegate Getter(Func<(ValueStore Store, int Place)> place)
            => (ValueGetter<T>)((ref T value) =>
            {
                var (store, index) = place();
                Copy(((Store<T>)store).Values[index], ref value);
            });

        protected abstract void Copy(in T value, ref T target);
    }

    private sealed class ScalarStore<T> : Store<T>
    {
        protected override void Copy(in T value, ref T target) => target = value;
    }

    private sealed class VectorStore<T> : Store<VBuffer<T>>
    {
        protected override void Copy(in VBuffer<T> value, ref VBuffer<T> target) => value.CopyTo(ref target);
    }
}
