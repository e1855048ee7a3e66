namespace RnnLm.Numerics;

/// <summary>A number known when a generic method is compiled, so that the compiler unrolls by it.</summary>
internal interface IConstant
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
