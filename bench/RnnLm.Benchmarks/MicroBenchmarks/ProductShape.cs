namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>The sizes of a matrix product.</summary>
/// <param name="Rows">The rows of the left operand and of the result.</param>
/// <param name="Columns">The columns of the right operand and of the result.</param>
/// <param name="Depth">The length of the sums.</param>
public sealed record ProductShape(int Rows, int Columns, int Depth)
{
    public override string ToString() => $"{Rows}x{Columns}x{Depth}";
}
