using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Deals out the rows of a data view to a training and a test set.</summary>
internal static class Splitter
{
    private const uint DefaultSeed = 42;

    public static DataOperationsCatalog.TrainTestData Split(IDataView data, double testFraction, string keyColumn, int? seed)
    {
        Func<DataViewRow, Func<bool>> isTest;
        int[] columns = [];
        if (keyColumn is null)
        {
            isTest = _ =>
            {
                var random = new HybridTausworthe((uint?)seed ?? DefaultSeed);
                return () => random.NextSingle() < testFraction;
            };
        }
        else
        {
            var column = data.Schema.GetColumnOrNull(keyColumn)
                         ?? throw Fault.MissingColumn("samplingKeyColumn", "SamplingKeyColumn", keyColumn);
            columns = [column.Index];
            isTest = row =>
            {
                var hash = ValueHash.Create(row, column, (uint?)seed ?? DefaultSeed);
                return () => hash() / (uint.MaxValue + 1.0) < testFraction;
            };
        }
        return new(
            new FilteredDataView(data, columns, row => Not(isTest(row)), mayShuffle: keyColumn is not null),
            new FilteredDataView(data, columns, isTest, mayShuffle: keyColumn is not null));
    }

    private static Func<bool> Not(Func<bool> condition) => () => !condition();
}
