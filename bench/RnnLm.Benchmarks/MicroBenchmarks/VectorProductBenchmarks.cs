using BenchmarkDotNet.Attributes;
using RnnLm.Numerics;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>A matrix times one vector, as prediction does it for the output layer: bound by reading the matrix.</summary>
public class VectorProductBenchmarks
{
    private Workers workers = null!;
    private MatrixView matrix;
    private float[] vector = [];
    private float[] result = [];

    public static IEnumerable<ProductShape> Shapes { get; } = [new(10_000, 1, 200), new(33_278, 1, 200), new(10_000, 1, 650)];

    public static IEnumerable<int> ThreadCounts => ProductBenchmarks.ThreadCounts;

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        workers = new Workers(Threads);
        matrix = RandomNumbers.Matrix(Shape.Rows, Shape.Depth);
        vector = RandomNumbers.Vector(Shape.Depth);
        result = new float[Shape.Rows];
    }

    [GlobalCleanup]
    public void CleanUp() => workers.Dispose();

    [Benchmark]
    public void MultiplyVector() => MatrixProduct.MultiplyVector(matrix, vector, result, accumulate: false, workers);
}
