using System.Diagnostics;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>What training costs, to within a half: enough to tell which network a time is enough for.</summary>
internal static class TrainingCost
{
    private const int SampledWords = 1_500; // those drawn, and those to predict

    // Forward, and backward to the states and to the weights; a multiplication and an addition each.
    private const double OperationsOfMultiplyAdd = 3 * 2;

    // What a training reaches of the speed of the products that it consists of.
    private const double Efficiency = 0.6;

    /// <summary>The floating-point operations for a word of the corpus.</summary>
    public static double OfWord(UsualOptions options, int vocabularySize)
    {
        var gates = Cell.Of(options.Cell).Gates;
        var multiplications = 0.0;
        var input = options.EmbeddingSize;
        for (var layer = 0; layer < options.Layers; layer++)
        {
            var output = layer == options.Layers - 1 && options.Tied ? options.EmbeddingSize : options.ProjectionSize ?? options.HiddenSize;
            double units = options.ProjectionSize is null ? output : options.HiddenSize;
            multiplications += gates * units * (input + output) + (options.ProjectionSize is null ? 0 : units * output);
            input = output;
        }
        multiplications += (double)Math.Min(vocabularySize, SampledWords) * input;
        return OperationsOfMultiplyAdd * multiplications;
    }

    /// <summary>How many of them a machine does in a second, by trying for some milliseconds.</summary>
    /// <param name="threads">The number of threads.</param>
    public static double SpeedOf(int threads)
    {
        const int size = 512;
        using var workers = new Workers(threads);
        var (left, right, product) = (MatrixView.Zeros(size, size), MatrixView.Zeros(size, size), MatrixView.Zeros(size, size));
        var fastest = TimeSpan.MaxValue;
        for (var turn = 0; turn < 10; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            MatrixProduct.Multiply(left, right, product, accumulate: false, workers);
            if (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < fastest) fastest = elapsed;
        }
        return Efficiency * 2.0 * size * size * size / fastest.TotalSeconds;
    }
}
