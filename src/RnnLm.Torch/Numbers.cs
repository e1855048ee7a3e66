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
    public static Tensor Plus(this Tensor left, Tensor right) => Holding(1, one => left.add(right, one));

    public static Tensor Times(this Tensor left, double right) => Holding(right, left.mul);

    public static Tensor Over(this Tensor left, double right) => Holding(right, number => left.div(number));

    /// <summary>The same values, but zero where a mask is set.</summary>
    public static Tensor ZeroWhere(this Tensor values, Tensor mask) => Holding(0, zero => values.masked_fill(mask, zero));

    /// <summary><c>values ← values · factor</c>.</summary>
    public static Tensor MultiplyBy(this Tensor values, double factor) => Holding(factor, values.mul_);

    /// <summary><c>values ← values + term</c>.</summary>
    public static Tensor IncreaseBy(this Tensor values, double term) => Holding(term, number => Holding(1, one => values.add_(number, one)));

    /// <summary><c>values ← values + factor · other</c>.</summary>
    public static Tensor IncreaseBy(this Tensor values, Tensor other, double factor) => Holding(factor, number => values.add_(other, number));

    /// <summary><c>values ← values + factor · left ∘ right</c>.</summary>
    public static Tensor IncreaseByProduct(this Tensor values, Tensor left, Tensor right, double factor) => Holding(factor, number => values.addcmul_(left, right, number));

    /// <summary><c>values ← values + factor · dividend / divisor</c>.</summary>
    public static Tensor IncreaseByQuotient(this Tensor values, Tensor dividend, Tensor divisor, double factor)
        => Holding(factor, number => values.addcdiv_(dividend, divisor, number));

    private static Tensor Holding(double value, Func<Scalar, Tensor> use)
    {
        using var number = value.ToScalar();
        return use(number);
    }
}
