using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>Functions over the elements of vectors.</summary>
/// <remarks>
/// A result may be one of the inputs, but may not overlap one otherwise; it may be longer than the inputs, and what is beyond stays as it is.
/// The accuracy of the exponential functions is stated at <see cref="ElementaryFunctions{TSimd, TVector}"/>.
/// </remarks>
internal static unsafe class VectorFunctions
{
    // So many, and so great a share of all, are found sooner by sorting all elements than by a heap.
    private const int LeastToSort = 512;
    private const int SortedShare = 8;

    /// <summary><c>result = e^x</c>.</summary>
    /// <exception cref="ArgumentException">The result is too short.</exception>
    public static void Exp(ReadOnlySpan<float> x, Span<float> result) => Map<Elementwise.Exp>(x, x, 0, result);

    /// <summary><c>result = 1 / (1 + e^−x)</c>.</summary>
    /// <exception cref="ArgumentException">The result is too short.</exception>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> result) => Map<Elementwise.Sigmoid>(x, x, 0, result);

    /// <summary><c>result = tanh x</c>.</summary>
    /// <exception cref="ArgumentException">The result is too short.</exception>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> result) => Map<Elementwise.Tanh>(x, x, 0, result);

    /// <summary><c>result = x + y</c>.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length, or the result is too short.</exception>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result) => Map<Elementwise.Add>(x, y, 0, result);

    /// <summary><c>result = x ∘ y</c>, element by element.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length, or the result is too short.</exception>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result) => Map<Elementwise.Multiply>(x, y, 0, result);

    /// <summary><c>accumulator += scale · x</c>.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static void MultiplyAdd(float scale, ReadOnlySpan<float> x, Span<float> accumulator)
        => Map<Elementwise.MultiplyAdd>(x, accumulator, scale, accumulator);

    /// <summary><c>values = scale · values</c>.</summary>
    public static void Scale(float scale, Span<float> values) => Map<Elementwise.Scale>(values, values, scale, values);

    /// <summary><c>values = values − number</c>.</summary>
    public static void Subtract(float number, Span<float> values) => Map<Elementwise.SubtractNumber>(values, values, number, values);

    /// <summary><c>Σ x_i · y_i</c>; sums of 512 terms in single precision, and of these in double precision.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => (float)Sum<Elementwise.Multiply>(x, y, 0, 0);

    /// <summary><c>Σ x_i</c>; sums of 512 terms in single precision, and of these in double precision.</summary>
    public static double Sum(ReadOnlySpan<float> x) => Sum<Elementwise.Identity>(x, x, 0, 0);

    /// <summary>
    /// <c>Σ x_i²</c>; sums of 512 terms in single precision, and of these in double precision, so that the norm of a gradient of
    /// millions of elements is right to about one part in a million. Where a square overflows the sum is infinite.
    /// </summary>
    public static double SumOfSquares(ReadOnlySpan<float> x) => Sum<Elementwise.Square>(x, x, 0, 0);

    /// <summary>The greatest element; a NaN is passed over. Negative infinity where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(ReadOnlySpan<float> x)
    {
        fixed (float* first = x) return RegisterWidth.Run(new MaxKernel(first, x.Length)).Result;
    }

    /// <summary>The index of the greatest element, the first of equals; a NaN is passed over.</summary>
    /// <exception cref="ArgumentException">There are no elements, or none that is a number.</exception>
    public static int ArgMax(ReadOnlySpan<float> x)
    {
        var index = 0;
        return TopK(x, new Span<int>(ref index)) == 1
            ? index
            : throw new ArgumentException("There is no greatest element among none, or where none is a number.", nameof(x));
    }

    /// <summary>
    /// The indices of the greatest elements in falling order, as many as <paramref name="indices"/> holds or there are;
    /// of equal elements the first comes first, and a NaN is never chosen.
    /// </summary>
    /// <returns>The number of indices written.</returns>
    public static int TopK(ReadOnlySpan<float> x, Span<int> indices)
    {
        if (indices.IsEmpty) return 0;
        if (indices.Length >= LeastToSort && indices.Length >= x.Length / SortedShare) return FallingOrder.Take(x, indices);
        var count = 0;
        var next = 0;
        for (; next < x.Length && count < indices.Length; next++)
            if (!float.IsNaN(x[next])) indices[count++] = next;

        // A heap with the least of the chosen on top, which is all that a newcomer has to beat.
        var heap = indices[..count];
        for (var i = (count / 2) - 1; i >= 0; i--) SiftDown(x, heap, i);
        if (count == indices.Length)
        {
            for (next = NextGreater(x, next, x[heap[0]]); next < x.Length; next = NextGreater(x, next + 1, x[heap[0]]))
            {
                heap[0] = next;
                SiftDown(x, heap, 0);
            }
        }

        for (var end = count - 1; end > 0; end--)
        {
            (heap[0], heap[end]) = (heap[end], heap[0]);
            SiftDown(x, heap[..end], 0);
        }

        return count;
    }

    /// <summary><c>ln Σ e^x_i</c>, without overflow.</summary>
    public static float LogSumExp(ReadOnlySpan<float> x)
    {
        var max = Max(x);
        return float.IsInfinity(max) ? max : (float)(max + Math.Log(Sum<Elementwise.ExpOfDifference>(x, x, max, float.NegativeInfinity)));
    }

    /// <summary><c>values = e^(values − shift)</c> and their sum, in one pass: the step of a softmax over one tile of a vocabulary.</summary>
    /// <returns>The sum; sums of 512 terms are taken in single precision, and of these in double precision.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ExpAndSum(Span<float> values, float shift)
    {
        fixed (float* first = values) return RegisterWidth.Run(new ExpAndSumKernel(first, shift, values.Length)).Result;
    }

    private static void Map<TFunction>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float number, Span<float> result)
        where TFunction : IElementwise
    {
        CheckLengths(x, y);
        if (result.Length < x.Length)
            throw new ArgumentException($"The result has room for {result.Length} elements; {x.Length} are needed.", nameof(result));
        fixed (float* first = x, second = y, target = result)
        {
            RegisterWidth.Run(new MapKernel<TFunction>(first, second, number, target, x.Length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TFunction>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float number, float neutral)
        where TFunction : IElementwise
    {
        CheckLengths(x, y);
        fixed (float* first = x, second = y)
        {
            return RegisterWidth.Run(new SumKernel<TFunction>(first, second, number, x.Length, neutral)).Result;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int NextGreater(ReadOnlySpan<float> x, int start, float threshold)
    {
        fixed (float* first = x) return RegisterWidth.Run(new NextGreaterKernel(first, start, threshold, x.Length)).Result;
    }

    private static void SiftDown(ReadOnlySpan<float> x, Span<int> heap, int position)
    {
        var moving = heap[position];
        while (true)
        {
            var child = (2 * position) + 1;
            if (child >= heap.Length) break;
            if (child + 1 < heap.Length && ComesAfter(x, heap[child + 1], heap[child])) child++;
            if (ComesAfter(x, moving, heap[child])) break;
            heap[position] = heap[child];
            position = child;
        }

        heap[position] = moving;
    }

    // Whether the element at one index comes after the one at another in falling order.
    private static bool ComesAfter(ReadOnlySpan<float> x, int index, int other) => x[index] < x[other] || (x[index] == x[other] && index > other);

    private static void CheckLengths(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"The vectors differ in length: {x.Length} and {y.Length} elements.", nameof(y));
    }

    private readonly struct MapKernel<TFunction>(float* x, float* y, float number, float* result, int length) : IKernel
        where TFunction : IElementwise
    {
        void IKernel.Run<TSimd, TVector>() => VectorLoops<TSimd, TVector>.Map<TFunction>(x, y, number, result, length);
    }

    private struct SumKernel<TFunction>(float* x, float* y, float number, int length, float neutral) : IKernel
        where TFunction : IElementwise
    {
        public double Result;

        void IKernel.Run<TSimd, TVector>() => Result = VectorLoops<TSimd, TVector>.Sum<TFunction>(x, y, number, length, neutral);
    }

    private struct ExpAndSumKernel(float* values, float shift, int length) : IKernel
    {
        public double Result;

        void IKernel.Run<TSimd, TVector>() => Result = VectorLoops<TSimd, TVector>.ExpAndSum(values, shift, length);
    }

    private struct MaxKernel(float* x, int length) : IKernel
    {
        public float Result;

        void IKernel.Run<TSimd, TVector>() => Result = VectorLoops<TSimd, TVector>.Max(x, length);
    }

    private struct NextGreaterKernel(float* x, int start, float threshold, int length) : IKernel
    {
        public int Result;

        void IKernel.Run<TSimd, TVector>() => Result = VectorLoops<TSimd, TVector>.NextGreater(x, start, threshold, length);
    }
}
