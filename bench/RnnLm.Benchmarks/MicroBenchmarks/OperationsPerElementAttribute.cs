namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>
/// The additions, subtractions, multiplications and divisions that a kernel does for an element; a fused multiply-add counts as two,
/// comparisons and work on bits as none. The benchmark's class has the number of elements as a constant.
/// </summary>
/// <param name="count">The operations for an element.</param>
[AttributeUsage(AttributeTargets.Method)]
sealed class OperationsPerElementAttribute(int count) : Attribute
{
    public const int Exp = 21;

    public const int Sigmoid = Exp + 2;

    public const int Tanh = 24;

    public int Count { get; } = count;
}
