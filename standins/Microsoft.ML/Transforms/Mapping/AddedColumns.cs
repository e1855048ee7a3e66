namespace Microsoft.ML.Data;

/// <summary>
/// An input schema with columns added to it. A new column that bears the name of an existing one stands right behind
/// that one and hides it; others stand at the end.
/// </summary>
internal sealed class AddedColumns
{
    // For each output column: the index of the input column, or the complement of the index of the added column.
    private readonly int[] origins;
    private readonly int[] addedIndices;

    public AddedColumns(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added)
    {
        Input = input;
        var order = Enumerable.Range(0, input.Count).ToList();
        string NameOf(int origin) => origin >= 0 ? input[origin].Name : added[~origin].Name;
        for (var i = 0; i < added.Count; i++)
        {
            var hidden = order.FindLastIndex(origin => NameOf(origin) == added[i].Name);
            order.Insert(hidden < 0 ? order.Count : hidden + 1, ~i);
        }
        origins = [.. order];
        addedIndices = new int[added.Count];
        for (var i = 0; i < origins.Length; i++)
            if (origins[i] < 0)
                addedIndices[~origins[i]] = i;
        Schema = DataViewSchema.Of(origins.Select(o => o >= 0 ? new DataViewSchema.DetachedColumn(input[o]) : added[~o]));
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Schema { get; }

    /// <summary>
    /// Whether output column <paramref name="column"/> is an added one; <paramref name="index"/> is its place among its kind.
    /// </summary>
    public bool IsAdded(int column, out int index)
    {
        var origin = origins[column];
        index = origin < 0 ? ~origin : origin;
        return origin < 0;
    }

    /// <summary>Of a choice among the output columns, the choice among the added ones.</summary>
    public Func<int, bool> AddedAmong(Func<int, bool> isActive) => added => isActive(addedIndices[added]);

    /// <summary>Of a choice among the output columns, the indices of the input columns that are passed through.</summary>
    public IEnumerable<int> PassedThroughAmong(Func<int, bool> isActive)
    {
        for (var i = 0; i < origins.Length; i++)
            if (origins[i] >= 0 && isActive(i))
                yield return origins[i];
    }
}
