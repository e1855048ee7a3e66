using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class DataOperationsCatalog
{
    private readonly HostEnvironment environment;

    internal DataOperationsCatalog(HostEnvironment environment) => this.environment = environment;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Fault.CheckValue(data);
        return new EnumerableDataView<TRow>(data, schemaDefinition is null
            ? RowType.Create(typeof(TRow), SchemaDefinition.Direction.Read)
            : RowType.Create(typeof(TRow), schemaDefinition));
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Fault.CheckValue(data);
        Fault.CheckValue(schema);
        return LoadFromEnumerable(data, SchemaDefinition.Create<TRow>(schema));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data,
        bool reuseRowObject,
        bool ignoreMissingColumns = false,
        SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Fault.CheckValue(data);
        return RowEnumerable.Create(data, reuseRowObject, new RowReader<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition));
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Fault.CheckValue(input);
        var prefetch = (columnsToPrefetch ?? []).Select(name => input.Schema.GetColumnOrNull(name)
            ?? throw Fault.MissingColumn(nameof(columnsToPrefetch), "prefetch", name));
        return new CachedDataView(input, [.. prefetch.Select(c => c.Index)]);
    }

    public IDataView FilterRowsByColumn(
        IDataView input,
        string columnName,
        double lowerBound = double.NegativeInfinity,
        double upperBound = double.PositiveInfinity)
        => NumberFilter.Create(input, columnName, lowerBound, upperBound);

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns) => MissingValueFilter.Create(input, columns);

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Fault.CheckValue(input);
        Fault.CheckArgument(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffledDataView(input, seed ?? environment.Register("Shuffle").Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Fault.CheckValue(input);
        Fault.CheckArgument(count > 0, nameof(count), "Must be greater than zero.");
        return new RangeDataView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Fault.CheckValue(input);
        Fault.CheckArgument(count > 0, nameof(count), "Must be greater than zero.");
        return new RangeDataView(input, 0, count);
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Fault.CheckValue(data);
        Fault.CheckArgument(0 < testFraction && testFraction < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        return Splitter.Split(data, testFraction, samplingKeyColumnName, seed ?? environment.Seed);
    }

    public struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
