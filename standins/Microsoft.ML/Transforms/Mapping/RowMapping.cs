namespace Microsoft.ML.Data;

/// <summary>How a transformer that is bound to an input schema makes its columns out of one row.</summary>
internal abstract class RowMapping(DataViewSchema inputSchema)
{
    public DataViewSchema InputSchema { get; } = inputSchema;

    /// <summary>The columns that the transformer adds. A column is addressed below by its place in this list.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    /// <summary>The indices of the input columns that the active outputs are made of.</summary>
    public abstract IEnumerable<int> DependenciesOf(Func<int, bool> isActive);

    /// <summary>A getter for each output that is active, and null for the others.</summary>
    public abstract Delegate[] CreateGetters(DataViewRow input, Func<int, bool> isActive);
}
