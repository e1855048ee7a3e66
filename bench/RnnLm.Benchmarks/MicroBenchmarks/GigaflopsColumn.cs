namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>Thousands of millions of floating-point operations a second.</summary>
sealed class GigaflopsColumn : RateColumn
{
    public override string ColumnName => "GFLOP/s";

    public override string Legend => "Thousands of millions of floating-point operations a second";

    protected override string Text(double gigaflops, int threads) => $"{gigaflops:0.0}";
}
