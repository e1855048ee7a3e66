using BenchmarkDotNet.Attributes;
using RnnLm.Numerics;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>One vector times a packed matrix, as prediction does it for the output layer: bound by reading the matrix, with whatever threads help.</summary>
public class VectorProductBenchmarks
{
    private PackedMatrix matrix = null!;
    private float[] vector = [];
    private float[] result = [];

    public static IEnumerable<ProductShape> Shapes { get; } = [new(1, 10_000, 200), new(1, 33_278, 200), new(1, 10_000, 650)];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = null!;

    [GlobalSetup]
    public void SetUp()
    {
        matrix = new PackedMatrix(Shape.Depth, Shape.Columns);
        matrix.Pack(RandomNumbers.Matrix(Shape.Depth, Shape.Columns));
        vector = RandomNumbers.Vector(Shape.Depth);
        result = new float[Shape.Columns];
    }

    [Benchmark]
    public void MultiplyAddVector() => MatrixProduct.MultiplyAddVector(vector, matrix, result);
}
