using BenchmarkDotNet.Attributes;
using RnnLm.Numerics;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>Elementary functions over the gates of one step: 20 streams of an LSTM of 200.</summary>
public class ElementwiseBenchmarks
{
    public const int Elements = 20 * 4 * 200;

    private readonly float[] values = RandomNumbers.Vector(Elements);
    private readonly float[] result = new float[Elements];

    [Benchmark]
    [OperationsPerElement(OperationsPerElementAttribute.Exp)]
    public void Exp() => VectorFunctions.Exp(values, result);

    [Benchmark]
    [OperationsPerElement(OperationsPerElementAttribute.Tanh)]
    public void Tanh() => VectorFunctions.Tanh(values, result);

    [Benchmark]
    [OperationsPerElement(OperationsPerElementAttribute.Sigmoid)]
    public void Sigmoid() => VectorFunctions.Sigmoid(values, result);
}
