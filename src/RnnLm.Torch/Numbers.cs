using TorchSharp;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// Arithmetic of tensors in which a number takes part. TorchSharp hands libtorch a number as an object, and 0.107 does not keep one that it makes itself: where
/// garbage is collected meanwhile, on whatever thread, libtorch reads memory that has been freed. It makes one for <c>+</c> of two tensors too, which
/// multiplies the second by 1. Here each lives until libtorch is done, so no other code of this library hands it a number.
/// </summary>
internal static class Numbers
{
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        using var one = 1.ToScalar();
        return left.add(right, one);
    }

    public static Tensor Times(this Tensor left, double right)
    {
        using var number = right.ToScalar();
        return left.mul(number);
    }

    public static Tensor Over(this Tensor left, double right)
    {
        using var number = right.ToScalar();
        return left.div(number);
    }

    /// <summary>The same values, but zero where a mask is set.</summary>
    public static Tensor ZeroWhere(this Tensor values, Tensor mask)
    {
        using var zero = 0.ToScalar();
        return values.masked_fill(mask, zero);
    }

    /// <summary><c>values ← values · factor</c>.</summary>
    public static Tensor MultiplyBy(this Tensor values, double factor)
    {
        using var number = factor.ToScalar();
        return values.mul_(number);
    }

    /// <summary><c>values ← values + term</c>.</summary>
    public static Tensor IncreaseBy(this Tensor values, double term)
    {
        using var number = term.ToScalar();
        using var one = 1.ToScalar();
        return values.add_(number, one);
    }

    /// <summary><c>values ← values + factor · other</c>.</summary>
    public static Tensor IncreaseBy(this Tensor values, Tensor other, double factor)
    {
        using var number = factor.ToScalar();
        return values.add_(other, number);
    }

    /// <summary><c>values ← values + factor · left ∘ right</c>.</summary>
    public static Tensor IncreaseByProduct(this Tensor values, Tensor left, Tensor right, double factor)
    {
        using var number = factor.ToScalar();
        return values.addcmul_(left, right, number);
    }

    /// <summary><c>values ← values + factor · dividend / divisor</c>.</summary>
    public static Tensor IncreaseByQuotient(this Tensor values, Tensor dividend, Tensor divisor, double factor)
    {
        using var number = factor.ToScalar();
        return values.addcdiv_(dividend, divisor, number);
    }
}
