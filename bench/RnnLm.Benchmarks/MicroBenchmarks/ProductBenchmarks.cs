using BenchmarkDotNet.Attributes;
using RnnLm.Numerics;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>Matrix products with a packed right operand, as training does them.</summary>
public class ProductBenchmarks
{
    private Workers workers = null!;
    private MatrixView left;
    private PackedMatrix right = null!;
    private MatrixView result;

    /// <summary>The output layer; all input projections of a window; steps of a recurrence.</summary>
    public static IEnumerable<ProductShape> Shapes { get; } =
    [
        new(720, 10_016, 200),
        new(720, 800, 200),
        new(24, 2_624, 656),
        new(10, 800, 200),
        new(20, 2_600, 650),
    ];

    public static IEnumerable<int> ThreadCounts { get; } = Environment.ProcessorCount == 1 ? [1] : [1, Environment.ProcessorCount];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        workers = new Workers(Threads);
        left = RandomNumbers.Matrix(Shape.Rows, Shape.Depth);
        right = new PackedMatrix(Shape.Depth, Shape.Columns);
        right.Pack(RandomNumbers.Matrix(Shape.Depth, Shape.Columns));
        result = new MatrixView(new float[Shape.Rows * Shape.Columns], Shape.Rows, Shape.Columns);
    }

    [GlobalCleanup]
    public void CleanUp() => workers.Dispose();

    [Benchmark]
    public void Multiply() => MatrixProduct.Multiply(left, right, result, accumulate: false, workers);
}
