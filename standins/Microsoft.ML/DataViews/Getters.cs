using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class Getters
{
    /// <summary>What is said where a value is asked for while there is no row.</summary>
    public const string NoRow = "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, "
                                + "or at any point after that method returned false.";

    public static ValueGetter<TValue> As<TValue>(Delegate getter)
        => getter as ValueGetter<TValue> ?? throw Fault.State($"Invalid TValue in GetGetter: '{typeof(TValue)}', "
            + $"expected type: '{getter.GetType().GetGenericArguments()[0]}'.");

    /// <summary>The getter of a column whose type is known only at run time.</summary>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column)
        => RuntimeGenerics.CallStatic<Delegate>(typeof(Getters), nameof(Typed), [column.Type.RawType], row, column);

    private static ValueGetter<T> Typed<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
