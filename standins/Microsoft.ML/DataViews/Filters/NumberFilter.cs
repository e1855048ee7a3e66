using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps rows whose number lies in a range; the upper bound does not belong to it.</summary>
internal static class NumberFilter
{
    public static IDataView Create(IDataView input, string columnName, double lowerBound, double upperBound)
    {
        Fault.CheckValue(input);
        Fault.CheckNonEmpty(columnName);
        Fault.CheckArgument(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw Fault.SchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        Fault.CheckArgument(column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double, "Column",
            $"Column '{columnName}' does not have compatible type");
        bool IsInside(double value) => lowerBound <= value && value < upperBound;
        return new FilteredDataView(input, [column.Index], row => column.Type == NumberDataViewType.Single
            ? Test<float>(row, column, value => IsInside(value))
            : Test<double>(row, column, IsInside));
    }

    private static Func<bool> Test<T>(DataViewRow row, DataViewSchema.Column column, Func<T, bool> accepts)
    {
        var get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return accepts(value);
        };
    }
}
