using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that makes each of its columns out of one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(ColumnPair[] columns)
    {
        Fault.CheckValue(columns);
        var names = new HashSet<string>();
        foreach (var column in columns)
        {
            Fault.CheckNonEmpty(column.Input, nameof(columns));
            Fault.CheckNonEmpty(column.Output, nameof(columns));
            Fault.CheckArgument(names.Add(column.Output), nameof(columns),
                $"Name of the result column '{column.Output}' specified multiple times");
        }
        Columns = columns;
    }

    internal ColumnPair[] Columns { get; }

    private protected sealed override RowMapping CreateMapping(DataViewSchema inputSchema)
    {
        var inputs = new DataViewSchema.Column[Columns.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = inputSchema.GetColumnOrNull(Columns[i].Input)
                        ?? throw Fault.MissingColumn(nameof(inputSchema), "input", Columns[i].Input);
            CheckInput(inputs[i], i);
        }
        return new Mapping(this, inputSchema, inputs);
    }

    private protected virtual void CheckInput(DataViewSchema.Column input, int index)
    {
    }

    private protected abstract DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index);

    private protected abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index);

    private sealed class Mapping(OneToOneTransformerBase owner, DataViewSchema inputSchema, DataViewSchema.Column[] inputs)
        : RowMapping(inputSchema)
    {
        public override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }
            = [.. inputs.Select((input, i) => owner.CreateColumn(input, i))];

        public override IEnumerable<int> DependenciesOf(Func<int, bool> isActive)
            => inputs.Where((_, i) => isActive(i)).Select(input => input.Index);

        public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
            => [.. inputs.Select((column, i) => isActive(i) ? owner.CreateGetter(input, column, i) : null)];
    }
}
