using System.Collections.Concurrent;
using System.Diagnostics;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>What training costs, to within a half: enough to tell which network a time is enough for.</summary>
internal static class TrainingCost
{
    private const int SampledWords = 1_500; // those drawn, and those to predict

    // Forward, and backward to the states and to the weights; a multiplication and an addition each.
    private const double OperationsOfMultiplyAdd = 3 * 2;

    // What a training reaches of the speed of a product, in operations counted as here: by two threads 154 to 170 of 160 billions a second.
    private const double Efficiency = 0.9;

    // By then processor and runtime have come to their speed.
    private static readonly TimeSpan LeastTrying = TimeSpan.FromMilliseconds(300);

    /// <summary>The floating-point operations for a word of the corpus.</summary>
    /// <param name="shape">The network's sizes.</param>
    /// <param name="softmax">How words are learned.</param>
    public static double OfWord(NetworkShape shape, Softmax softmax)
    {
        var multiplications = 0.0;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            double units = shape.UnitsOf(layer);
            multiplications += shape.Gates * units * (shape.InputSizeOf(layer) + shape.OutputSizeOf(layer)) + (shape.ProjectionSize is null ? 0 : units * shape.OutputSizeOf(layer));
        }
        multiplications += (double)(softmax is SampledSoftmax ? Math.Min(shape.VocabularySize, SampledWords) : shape.OutputRows) * shape.OutputSize;
        return OperationsOfMultiplyAdd * multiplications;
    }

    // Trainings of one process that are compared rest on one figure.
    private static readonly ConcurrentDictionary<int, double> Speeds = new();

    /// <summary>How many of them a machine does in a second, by trying for some tenths of one, once in a process.</summary>
    /// <param name="threads">The number of threads.</param>
    public static double SpeedOf(int threads) => Speeds.GetOrAdd(threads, Measure);

    private static double Measure(int threads)
    {
        const int size = 512;
        const int leastTurns = 10;
        using var workers = new Workers(threads);
        var (left, right, product) = (MatrixView.Zeros(size, size), MatrixView.Zeros(size, size), MatrixView.Zeros(size, size));
        var fastest = TimeSpan.MaxValue;
        for (var (turn, begun) = (0, Stopwatch.GetTimestamp()); turn < leastTurns || Stopwatch.GetElapsedTime(begun) < LeastTrying; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            MatrixProduct.Multiply(left, right, product, accumulate: false, workers);
            if (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < fastest) fastest = elapsed;
        }
        return Efficiency * 2.0 * size * size * size / fastest.TotalSeconds;
    }
}
