using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>A function of the elements of one or two vectors and a number.</summary>
internal interface IElementwise
{
    /// <summary>The function for a register of elements.</summary>
    static abstract TVector Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
        where TSimd : ISimd<TVector>
        where TVector : struct;
}

/// <summary>The functions of <see cref="VectorFunctions"/>.</summary>
internal static class Elementwise
{
    /// <summary><c>e^x</c>.</summary>
    public readonly struct Exp : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => ElementaryFunctions<TSimd, TVector>.Exp(x);
    }

    /// <summary><c>e^(x − number)</c>.</summary>
    public readonly struct ExpOfDifference : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => ElementaryFunctions<TSimd, TVector>.Exp(TSimd.Subtract(x, number));
    }

    /// <summary><c>1 / (1 + e^−x)</c>.</summary>
    public readonly struct Sigmoid : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => ElementaryFunctions<TSimd, TVector>.Sigmoid(x);
    }

    /// <summary><c>tanh x</c>.</summary>
    public readonly struct Tanh : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => ElementaryFunctions<TSimd, TVector>.Tanh(x);
    }

    /// <summary><c>x + y</c>.</summary>
    public readonly struct Add : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.Add(x, y);
    }

    /// <summary><c>x − number</c>.</summary>
    public readonly struct SubtractNumber : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.Subtract(x, number);
    }

    /// <summary><c>x · y</c>.</summary>
    public readonly struct Multiply : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.Multiply(x, y);
    }

    /// <summary><c>number · x</c>.</summary>
    public readonly struct Scale : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.Multiply(number, x);
    }

    /// <summary><c>number · x + y</c>.</summary>
    public readonly struct MultiplyAdd : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.MultiplyAdd(number, x, y);
    }

    /// <summary><c>x²</c>.</summary>
    public readonly struct Square : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => TSimd.Multiply(x, x);
    }

    /// <summary><c>x</c>.</summary>
    public readonly struct Identity : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector IElementwise.Apply<TSimd, TVector>(TVector x, TVector y, TVector number)
            => x;
    }
}
