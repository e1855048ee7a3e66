using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnLm.Tests.Numerics;

/// <summary>Holds functions of floats against double precision, in units in the last place.</summary>
internal static class Ulps
{
    private const int BlockLength = 1000;

    /// <summary>What a function ought to be and how far from it it may be.</summary>
    public sealed record Function(Func<double, double> Exact, double Bound);

    private static bool Fuses => Fma.IsSupported || AdvSimd.IsSupported;

    public static Function Exp { get; } = new(Math.Exp, Fuses ? 1.02 : 1.5);

    public static Function Sigmoid { get; } = new(x => 1 / (1 + Math.Exp(-x)), Fuses ? 2.5 : 3);

    public static Function Tanh { get; } = new(Math.Tanh, Fuses ? 2.5 : 3);

    /// <summary>Floats over the whole range of bits, subnormal and infinite and not a number among them, in blocks.</summary>
    public static IEnumerable<float[]> EveryFloat(uint stride)
    {
        yield return
        [
            0, -0f, 1, -1, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
            88.72283f, 88.72284f, 88.8f, 89, 89.1f, -87.33654f, -87.34f, -103.97208f, -103.97f, -104, -105, 9.01f, -9.01f, 20, -20,
        ];
        for (ulong first = 0; first <= uint.MaxValue; first += (ulong)stride * BlockLength)
        {
            var block = new float[BlockLength];
            for (var i = 0; i < block.Length; i++) block[i] = BitConverter.UInt32BitsToSingle((uint)(first + ((ulong)i * stride)));
            yield return block;
        }
    }

    /// <summary>Fails where a function is further from exact than its bound, or not infinite or not a number where it ought to be.</summary>
    public static void AssertWithin(Function function, Func<float[], float[]> compute, uint stride = 100_003)
    {
        foreach (var block in EveryFloat(stride))
        {
            var actual = compute(block);
            for (var i = 0; i < block.Length; i++)
            {
                var exact = function.Exact(block[i]);
                var right = double.IsNaN(exact) ? float.IsNaN(actual[i])
                    : float.IsInfinity((float)exact) ? actual[i] == (float)exact
                    : Math.Abs(actual[i] - exact) <= function.Bound * UnitInTheLastPlace(exact);
                if (!right) Assert.Fail($"At {block[i]:R} the function is {exact:R}; what was computed is {actual[i]:R}.");
            }
        }
    }

    private static double UnitInTheLastPlace(double value)
    {
        const int LeastExponent = -126;
        return Math.ScaleB(1, Math.Max(LeastExponent, value == 0 ? LeastExponent : Math.ILogB(value)) - 23);
    }
}
