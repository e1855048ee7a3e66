using BenchmarkDotNet.Attributes;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>The passes of a softmax over a tile of the vocabulary in training, and over all of it in prediction.</summary>
public class SoftmaxBenchmarks
{
    public const int Elements = Words * Positions;

    private const int Words = 120;
    private const int Positions = 352;

    private readonly float[] logits = RandomNumbers.Vector(Elements);
    private readonly float[] bias = RandomNumbers.Vector(Words);
    private readonly float[] maxima = [.. Enumerable.Repeat(2f, Positions)];
    private readonly float[] sums = new float[Positions];

    [Benchmark]
    [OperationsPerElement(1)]
    public void RaiseMaxima() => LogitColumns.RaiseMaxima(logits, bias, maxima);

    // In place: powers of powers and so on, which stay between e^-3 and e.
    [Benchmark]
    [OperationsPerElement(OperationsPerElementAttribute.Exp + 3)]
    public void ExponentiateAndSum() => LogitColumns.ExponentiateAndSum(logits, bias, maxima, sums);

    [Benchmark]
    [OperationsPerElement(OperationsPerElementAttribute.Exp + 2)]
    public float LogSumExp() => VectorFunctions.LogSumExp(logits);
}
