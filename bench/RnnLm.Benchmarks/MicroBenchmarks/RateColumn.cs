using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>A column that follows from a benchmark's rate in GFLOP/s.</summary>
abstract class RateColumn : IColumn
{
    public abstract string ColumnName { get; }

    public abstract string Legend { get; }

    public string Id => ColumnName;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Operations.Of(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        => Operations.Of(benchmarkCase) is { } operations && summary[benchmarkCase]?.ResultStatistics is { } nanoseconds
            ? Text(operations / nanoseconds.Mean, Operations.ThreadsOf(benchmarkCase))
            : "-";

    protected abstract string Text(double gigaflops, int threads);
}
