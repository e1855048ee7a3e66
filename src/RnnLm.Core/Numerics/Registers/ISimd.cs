namespace RnnLm.Numerics;

/// <summary>
/// What the kernels need of a vector register, so that each is written once for every width. A kernel is generic over an implementation,
/// and so compiled for each width as though it had been written for it.
/// </summary>
/// <typeparam name="TVector">The register.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>The number of elements in a register.</summary>
    static abstract int Count { get; }

    /// <summary>The number of registers the processor has.</summary>
    static abstract int Registers { get; }

    /// <summary>Every element is <paramref name="value"/>.</summary>
    static abstract TVector Create(float value);

    /// <summary>Every element has these bits.</summary>
    static abstract TVector Create(uint bits);

    /// <summary>The elements from <paramref name="source"/> on, which need not be aligned.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes the elements from <paramref name="target"/> on, which need not be aligned.</summary>
    static abstract void Store(TVector x, float* target);

    /// <summary><c>x + y</c>.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary><c>x − y</c>.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary><c>x · y</c>.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary><c>x / y</c>.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary><c>x · y + z</c>, rounded once where the processor can do it, and twice where it cannot.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>The bits that are in both.</summary>
    static abstract TVector And(TVector x, TVector y);

    /// <summary>The bits that are in either.</summary>
    static abstract TVector Or(TVector x, TVector y);

    /// <summary>All bits set where <c>x &lt; y</c>, none elsewhere or where either is a NaN.</summary>
    static abstract TVector LessThan(TVector x, TVector y);

    /// <summary>The bits of <paramref name="x"/> where the mask has ones, those of <paramref name="y"/> elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    /// <summary>The bits shifted left, each element for itself.</summary>
    static abstract TVector ShiftLeft(TVector x, int bits);

    /// <summary>The bits shifted right with the sign drawn after, each element for itself.</summary>
    static abstract TVector ShiftRightArithmetic(TVector x, int bits);

    /// <summary>The sum of the bits taken as integers.</summary>
    static abstract TVector AddIntegers(TVector x, TVector y);

    /// <summary>The difference of the bits taken as integers.</summary>
    static abstract TVector SubtractIntegers(TVector x, TVector y);

    /// <summary>Whether there is a <see cref="ScaleByPowerOfTwo"/>.</summary>
    static abstract bool ScalesByPowersOfTwo { get; }

    /// <summary><c>x · 2^n</c> for whole <paramref name="n"/>, rounded once, where <see cref="ScalesByPowersOfTwo"/> says that there is such an instruction.</summary>
    static abstract TVector ScaleByPowerOfTwo(TVector x, TVector n);

    /// <summary><paramref name="x"/> within limits; a NaN stays one.</summary>
    static abstract TVector Clamp(TVector x, TVector least, TVector greatest);

    /// <summary>The sum of the elements.</summary>
    static abstract float Sum(TVector x);

    /// <summary>Whether any element of <paramref name="x"/> is less than the one of <paramref name="y"/> in its place.</summary>
    static abstract bool AnyLess(TVector x, TVector y);

    /// <summary>
    /// <c>x₀ · y₀ + x₁ · y₁ + x₂ · y₂ + x₃ · y₃ + sum</c>, where every element of x is four bytes from 0 to 127, every element of y four signed
    /// bytes and the sum a 32-bit integer.
    /// </summary>
    static abstract TVector MultiplyAddBytes(TVector x, TVector y, TVector sum);

    /// <summary>The bits taken as 32-bit integers, as floating-point numbers.</summary>
    static abstract TVector ConvertToSingle(TVector x);
}
