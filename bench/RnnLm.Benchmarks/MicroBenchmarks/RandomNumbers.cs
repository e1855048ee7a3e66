using RnnLm.Numerics;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>Numbers from -1 to 1.</summary>
static class RandomNumbers
{
    public static float[] Vector(int length)
    {
        var random = new Random(1);
        var values = new float[length];
        foreach (ref var value in values.AsSpan()) value = 2 * random.NextSingle() - 1;
        return values;
    }

    public static MatrixView Matrix(int rows, int columns) => new(Vector(rows * columns), rows, columns);
}
