namespace Microsoft.ML.Data;

/// <summary>Getters that apply a function to a value, or to each explicit item of a vector.</summary>
internal static class ItemGetters
{
    public static ValueGetter<TTo> OfScalar<TFrom, TTo>(DataViewRow row, DataViewSchema.Column column, Func<TFrom, TTo> convert)
    {
        var get = row.GetGetter<TFrom>(column);
        TFrom value = default;
        return (ref TTo target) =>
        {
            get(ref value);
            target = convert(value);
        };
    }

    public static ValueGetter<VBuffer<TTo>> OfVector<TFrom, TTo>(DataViewRow row, DataViewSchema.Column column, Func<TFrom, TTo> convert)
    {
        var get = row.GetGetter<VBuffer<TFrom>>(column);
        VBuffer<TFrom> values = default;
        return (ref VBuffer<TTo> target) =>
        {
            get(ref values);
            var items = values.GetValues();
            var editor = VBufferEditor.Create(ref target, values.Length, items.Length);
            for (var i = 0; i < items.Length; i++)
                editor.Values[i] = convert(items[i]);
            values.GetIndices().CopyTo(editor.Indices);
            target = editor.Commit();
        };
    }
}
