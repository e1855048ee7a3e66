using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>The rate as a share of what as many threads reach with fused multiply-adds on registers alone, measured when the run began.</summary>
sealed class ShareOfPeakColumn : RateColumn
{
    private const double Seconds = 2;

    private readonly Dictionary<int, double> peaks = ProductBenchmarks.ThreadCounts.ToDictionary(threads => threads, threads => FusedMultiplyAddPeak.Measure(threads, Seconds));

    public override string ColumnName => "Share of peak";

    public override string Legend
        => $"Of the fused-multiply-add peak with {FusedMultiplyAddPeak.Widths[0]}-bit registers, measured when this run began: "
            + string.Join(", ", peaks.Select(peak => $"{peak.Value:0} GFLOP/s on {peak.Key} thread{(peak.Key == 1 ? "" : "s")}"));

    protected override string Text(double gigaflops, int threads) => $"{gigaflops / peaks[threads]:P0}";
}
