using System.Reflection;
using BenchmarkDotNet.Running;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>How many floating-point operations a benchmark does, so that its time can be had as a rate.</summary>
static class Operations
{
    /// <summary>The operations of one call; null where a benchmark does not count any.</summary>
    public static double? Of(BenchmarkCase benchmark)
    {
        if (Parameter<ProductShape>(benchmark) is { } shape) return 2.0 * shape.Rows * shape.Columns * shape.Depth;
        var perElement = benchmark.Descriptor.WorkloadMethod.GetCustomAttribute<OperationsPerElementAttribute>();
        return perElement is null ? null : (double)perElement.Count * (int)benchmark.Descriptor.Type.GetField("Elements")!.GetRawConstantValue()!;
    }

    /// <summary>The threads that share a call.</summary>
    public static int ThreadsOf(BenchmarkCase benchmark) => Parameter<int?>(benchmark) ?? 1;

    private static T? Parameter<T>(BenchmarkCase benchmark) => benchmark.Parameters.Items.Select(item => item.Value).OfType<T>().FirstOrDefault();
}
