using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Leaves out rows with a missing value: not-a-number, or a key of zero.</summary>
internal static class MissingValueFilter
{
    private const string Parameter = "Columns";

    public static IDataView Create(IDataView input, string[] names)
    {
        Fault.CheckValue(input);
        Fault.CheckArgument(names is { Length: > 0 }, "columns");
        var columns = new List<DataViewSchema.Column>();
        foreach (var name in names)
        {
            var column = input.Schema.GetColumnOrNull(name) ?? throw Fault.Argument(Parameter, $"Source column '{name}' not found");
            Fault.CheckArgument(columns.All(c => c.Index != column.Index), Parameter, $"Source column '{name}' specified multiple times");
            var item = column.Type.ItemType();
            var mayBeMissing = item == NumberDataViewType.Single || item == NumberDataViewType.Double || item is KeyDataViewType;
            Fault.CheckArgument(mayBeMissing, Parameter,
                $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            columns.Add(column);
        }
        return new FilteredDataView(input, [.. columns.Select(c => c.Index)], row =>
        {
            Func<bool>[] present = [.. columns.Select(c => Test(row, c))];
            return () => Array.TrueForAll(present, isPresent => isPresent());
        });
    }

    private static Func<bool> Test(DataViewRow row, DataViewSchema.Column column)
        => RuntimeGenerics.CallStatic<Func<bool>>(typeof(MissingValueFilter),
            column.Type is VectorDataViewType ? nameof(TestVector) : nameof(TestScalar), [column.Type.ItemType().RawType], row, column);

    private static Func<bool> TestScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return !IsMissing(value);
        };
    }

    private static Func<bool> TestVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            get(ref value);
            return !value.DenseValues().Any(IsMissing);
        };
    }

    private static bool IsMissing<T>(T value) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => EqualityComparer<T>.Default.Equals(value, default),
    };
}
