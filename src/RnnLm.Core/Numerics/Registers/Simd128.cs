using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnLm.Numerics;

/// <summary>Registers of 128 bits: 4 elements.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static int Registers => AdvSimd.IsSupported || Avx512F.VL.IsSupported ? 32 : 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Create(uint bits) => Vector128.Create(bits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> x, float* target) => x.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> x, Vector128<float> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> x, Vector128<float> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> x, Vector128<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> And(Vector128<float> x, Vector128<float> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Or(Vector128<float> x, Vector128<float> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LessThan(Vector128<float> x, Vector128<float> y) => Vector128.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> x, Vector128<float> y) => Vector128.ConditionalSelect(mask, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ShiftLeft(Vector128<float> x, int bits) => Vector128.ShiftLeft(x.AsUInt32(), bits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddIntegers(Vector128<float> x, Vector128<float> y) => (x.AsUInt32() + y.AsUInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ShiftRightArithmetic(Vector128<float> x, int bits) => Vector128.ShiftRightArithmetic(x.AsInt32(), bits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SubtractIntegers(Vector128<float> x, Vector128<float> y) => (x.AsUInt32() - y.AsUInt32()).AsSingle();

    public static bool ScalesByPowersOfTwo => Avx512F.VL.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ScaleByPowerOfTwo(Vector128<float> x, Vector128<float> n) => Avx512F.VL.Scale(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> x, Vector128<float> least, Vector128<float> greatest) => Vector128.MinNative(greatest, Vector128.MaxNative(least, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> x) => Vector128.Sum(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Vector128<float> x, Vector128<float> y) => Vector128.LessThanAny(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAddBytes(Vector128<float> x, Vector128<float> y, Vector128<float> sum)
    {
        if (Ssse3.IsSupported) return (Sse2.MultiplyAddAdjacent(Ssse3.MultiplyAddAdjacent(x.AsByte(), y.AsSByte()), Vector128<short>.One) + sum.AsInt32()).AsSingle();
        if (Dp.IsSupported) return Dp.DotProduct(sum.AsInt32(), x.AsSByte(), y.AsSByte()).AsSingle();
        var pairs = (FirstBytes(x) * FirstBytes(y)) + (SecondBytes(x) * SecondBytes(y));
        var first = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(pairs.AsInt32(), 16), 16);
        var second = Vector128.ShiftRightArithmetic(pairs.AsInt32(), 16);
        return (first + second + sum.AsInt32()).AsSingle();
    }

    // Of every two bytes, as a 16-bit integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> FirstBytes(Vector128<float> x) => Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(x.AsInt16(), 8), 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> SecondBytes(Vector128<float> x) => Vector128.ShiftRightArithmetic(x.AsInt16(), 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ConvertToSingle(Vector128<float> x) => Vector128.ConvertToSingle(x.AsInt32());
}
