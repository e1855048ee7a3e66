using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnLm.Numerics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>How many floating-point operations the processor does where nothing is read or written: the most any kernel can reach.</summary>
static class FusedMultiplyAddPeak
{
    private const int Slices = 10;
    private const int Sums = 12; // independent ones: enough for two units of a latency of six cycles, and for 16 registers
    private const int Repetitions = 20_000;

    private static float kept;

    /// <summary>The widths of the registers that this processor has, in bits, the widest first.</summary>
    public static IReadOnlyList<int> Widths { get; } =
    [
        .. Vector512.IsHardwareAccelerated ? [512] : Array.Empty<int>(),
        .. Vector256.IsHardwareAccelerated ? [256] : Array.Empty<int>(),
        128,
    ];

    /// <summary>The peak with the widest registers, in GFLOP/s.</summary>
    public static double Measure(int threads, double seconds) => Measure(Widths[0], threads, seconds);

    /// <summary>The peak in GFLOP/s: the best of several slices of the time, since whatever else runs can only take away from it.</summary>
    public static double Measure(int width, int threads, double seconds)
    {
        Func<float, float, float> block = width switch
        {
            512 => Block<Simd512, Vector512<float>>,
            256 => Block<Simd256, Vector256<float>>,
            _ => Block<Simd128, Vector128<float>>,
        };
        var operationsInBlock = 2.0 * Sums * Repetitions * width / 32;
        var best = 0.0;
        for (var slice = 0; slice < Slices; slice++) best = Math.Max(best, BlocksPerSecond(block, threads, seconds / Slices) * operationsInBlock / 1e9);
        return best;
    }

    private static double BlocksPerSecond(Func<float, float, float> block, int threads, double seconds)
    {
        var rates = new double[threads];
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var index = i + 1;
            others[i] = new Thread(() => rates[index] = Rate(block, seconds));
            others[i].Start();
        }
        rates[0] = Rate(block, seconds);
        foreach (var other in others) other.Join();
        return rates.Sum();
    }

    private static double Rate(Func<float, float, float> block, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        for (var blocks = 1; ; blocks++)
        {
            kept = block(0.5f, 0.25f);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (elapsed >= seconds) return blocks / elapsed;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Block<TSimd, TVector>(float factor, float summand)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        // Arguments, since constants would be read from memory again and again.
        var x = TSimd.Create(factor);
        var y = TSimd.Create(summand);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            a = TSimd.MultiplyAdd(a, x, y);
            b = TSimd.MultiplyAdd(b, x, y);
            c = TSimd.MultiplyAdd(c, x, y);
            d = TSimd.MultiplyAdd(d, x, y);
            e = TSimd.MultiplyAdd(e, x, y);
            f = TSimd.MultiplyAdd(f, x, y);
            g = TSimd.MultiplyAdd(g, x, y);
            h = TSimd.MultiplyAdd(h, x, y);
            i = TSimd.MultiplyAdd(i, x, y);
            j = TSimd.MultiplyAdd(j, x, y);
            k = TSimd.MultiplyAdd(k, x, y);
            l = TSimd.MultiplyAdd(l, x, y);
        }
        return TSimd.Sum(a) + TSimd.Sum(b) + TSimd.Sum(c) + TSimd.Sum(d) + TSimd.Sum(e) + TSimd.Sum(f)
            + TSimd.Sum(g) + TSimd.Sum(h) + TSimd.Sum(i) + TSimd.Sum(j) + TSimd.Sum(k) + TSimd.Sum(l);
    }
}
