using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class CustomFilter
{
    /// <summary>The rows that a predicate over objects does not pick out.</summary>
    /// <remarks>As in ML.NET, the predicate says which rows to leave out.</remarks>
    public static IDataView Create<TSrc>(IDataView input, Func<TSrc, bool> drops)
        where TSrc : class, new()
    {
        Fault.CheckValue(input);
        Fault.CheckValue(drops, "predicate");
        var reader = new RowReader<TSrc>(input.Schema, ignoreMissingColumns: false, definition: null);
        return new FilteredDataView(input, [.. reader.Columns], row =>
        {
            var source = new TSrc();
            var fill = reader.CreateFiller(row);
            return () =>
            {
                fill(source);
                return !drops(source);
            };
        });
    }
}
