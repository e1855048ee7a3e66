using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class VectorFunctionsTests
{
    [Fact]
    public void The_exponential_function_is_right_to_the_last_place_over_every_range()
        => Ulps.AssertWithin(Ulps.Exp, x => Compute(VectorFunctions.Exp, x), stride: 10_007);

    [Fact]
    public void The_logistic_function_is_right_within_two_and_a_half_units_over_every_range()
        => Ulps.AssertWithin(Ulps.Sigmoid, x => Compute(VectorFunctions.Sigmoid, x), stride: 10_007);

    [Fact]
    public void The_hyperbolic_tangent_is_right_within_two_and_a_half_units_over_every_range()
        => Ulps.AssertWithin(Ulps.Tanh, x => Compute(VectorFunctions.Tanh, x), stride: 10_007);

    [Fact]
    public void A_hyperbolic_tangent_has_its_argument_s_sign_and_no_magnitude_above_one()
    {
        foreach (var block in Ulps.EveryFloat(stride: 100_003))
        {
            var tanh = Compute(VectorFunctions.Tanh, block);
            for (var i = 0; i < block.Length; i++)
            {
                if (float.IsNaN(block[i])) continue;
                Assert.Equal(float.IsNegative(block[i]), float.IsNegative(tanh[i]));
                Assert.InRange(tanh[i], -1, 1);
            }
        }
    }

    [Fact]
    public void An_element_has_the_same_value_at_every_place_of_a_vector_of_any_length()
    {
        var x = Random(40, seed: 1);
        var whole = Compute(VectorFunctions.Tanh, x);
        for (var start = 0; start < 40; start++)
            for (var length = 0; length <= 40 - start; length++)
                Assert.Equal(whole[start..(start + length)], Compute(VectorFunctions.Tanh, x[start..(start + length)]));
    }

    [Fact]
    public void Functions_of_elements_are_right_for_every_small_length_and_write_no_further()
    {
        for (var length = 0; length <= 100; length++)
        {
            var x = Random(length, seed: length);
            var y = Random(length, seed: length + 1000);
            var result = new float[length + 1];
            result[length] = Matrices.Untouched;

            VectorFunctions.Add(x, y, result);
            for (var i = 0; i < length; i++) Assert.Equal(x[i] + y[i], result[i]);
            VectorFunctions.Multiply(x, y, result);
            for (var i = 0; i < length; i++) Assert.Equal(x[i] * y[i], result[i]);
            x.CopyTo(result, 0);
            VectorFunctions.Scale(0.3f, result.AsSpan(0, length));
            for (var i = 0; i < length; i++) Assert.Equal(0.3f * x[i], result[i]);
            x.CopyTo(result, 0);
            VectorFunctions.Subtract(0.3f, result.AsSpan(0, length));
            for (var i = 0; i < length; i++) Assert.Equal(x[i] - 0.3f, result[i]);
            y.CopyTo(result, 0);
            VectorFunctions.MultiplyAdd(0.3f, x, result.AsSpan(0, length));
            for (var i = 0; i < length; i++) Assert.Equal(y[i] + (0.3 * x[i]), result[i], 1e-6);
            Assert.Equal(Matrices.Untouched, result[length]);
        }
    }

    [Fact]
    public void A_result_may_take_the_place_of_an_input()
    {
        var x = Random(77, seed: 3);
        var expected = Compute(VectorFunctions.Sigmoid, x);
        VectorFunctions.Sigmoid(x, x);
        Assert.Equal(expected, x);
    }

    [Fact]
    public void Sums_are_right_for_lengths_around_every_register_and_block()
    {
        int[] lengths = [.. Enumerable.Range(0, 100), 511, 512, 513, 527, 528, 1023, 1024, 1025, 5000];
        foreach (var length in lengths)
        {
            var x = Random(length, seed: length);
            var y = Random(length, seed: length + 1000);
            Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), VectorFunctions.Dot(x, y), 1e-5 * Math.Max(1, length / 100.0));
            Assert.Equal(x.Sum(a => (double)a), VectorFunctions.Sum(x), 1e-5 * Math.Max(1, length / 100.0));
            AssertRelative(x.Sum(a => (double)a * a), VectorFunctions.SumOfSquares(x), 1e-6);
            AssertRelative(length == 0 ? double.NegativeInfinity : Math.Log(x.Sum(a => Math.Exp(a))), VectorFunctions.LogSumExp(x), 1e-5);
            Assert.Equal(length == 0 ? float.NegativeInfinity : x.Max(), VectorFunctions.Max(x));
        }
    }

    [Fact]
    public void The_sum_of_millions_of_squares_is_right_to_one_part_in_a_million()
    {
        var x = Random(3_000_001, seed: 5);
        AssertRelative(x.Sum(a => (double)a * a), VectorFunctions.SumOfSquares(x), 1e-6);
    }

    [Fact]
    public void The_normaliser_of_logits_beyond_the_range_of_the_exponential_does_not_overflow()
    {
        float[] logits = [3000, 3001, -1e30f, float.NegativeInfinity];
        Assert.Equal(3001 + Math.Log(1 + Math.Exp(-1)), VectorFunctions.LogSumExp(logits), 1e-3);
    }

    [Fact]
    public void Tiles_of_a_softmax_give_the_normaliser_of_the_whole()
    {
        var logits = Random(1000, seed: 6).Select(x => 20 * x).ToArray();
        var max = VectorFunctions.Max(logits);
        var tiled = (float[])logits.Clone();
        var sum = 0.0;
        for (var first = 0; first < 1000; first += 130) sum += VectorFunctions.ExpAndSum(tiled.AsSpan(first, Math.Min(130, 1000 - first)), max);
        Assert.Equal(VectorFunctions.LogSumExp(logits), max + Math.Log(sum), 1e-5);
        for (var i = 0; i < 1000; i++) AssertRelative(Math.Exp(logits[i] - (double)max), tiled[i], 1e-5);
    }

    [Fact]
    public void The_greatest_elements_come_in_falling_order_and_the_first_of_equals_first()
    {
        var random = new Random(7);
        foreach (var length in new[] { 1, 2, 15, 16, 17, 100, 1000 })
        {
            for (var k = 1; k <= length + 3; k = (k * 2) + 1)
            {
                // Few different values, so that there are many equals.
                var x = Enumerable.Range(0, length).Select(_ => (float)random.Next(length / 2)).ToArray();
                var expected = Enumerable.Range(0, length).OrderByDescending(i => x[i]).ThenBy(i => i).Take(k).ToArray();
                var indices = new int[k];
                Assert.Equal(expected.Length, VectorFunctions.TopK(x, indices));
                Assert.Equal(expected, indices[..expected.Length]);
                Assert.Equal(expected[0], VectorFunctions.ArgMax(x));
            }
        }
    }

    [Fact]
    public void A_few_of_many_elements_and_nearly_all_of_them_come_in_one_order()
    {
        var random = new Random(8);
        float[] kinds = [0, -0f, 1, -1, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue];
        var x = Enumerable.Range(0, 5_000).Select(_ => random.Next(3) == 0 ? random.GetItems(kinds, 1)[0] : (float)(random.NextDouble() - 0.5)).ToArray();
        var expected = Enumerable.Range(0, x.Length).Where(i => !float.IsNaN(x[i])).OrderByDescending(i => x[i]).ThenBy(i => i).ToArray();
        foreach (var k in new[] { 1, 100, 511, 512, 624, 625, 626, 2_500, expected.Length, 4_999, 5_000, 6_000 })
        {
            var indices = new int[k];
            Assert.Equal(Math.Min(k, expected.Length), VectorFunctions.TopK(x, indices));
            Assert.Equal(expected[..Math.Min(k, expected.Length)], indices[..Math.Min(k, expected.Length)]);
        }
        Allocations.AssertNone(() => VectorFunctions.TopK(x, new Span<int>(expected)));
    }

    [Fact]
    public void What_is_not_a_number_is_never_among_the_greatest()
    {
        float[] x = [float.NaN, 1, float.NaN, 3, float.NegativeInfinity, float.NaN, 2, .. Enumerable.Repeat(float.NaN, 40)];
        var indices = new int[10];
        Assert.Equal(4, VectorFunctions.TopK(x, indices));
        Assert.Equal([3, 6, 1, 4], indices[..4]);
        Assert.Equal(3, VectorFunctions.Max(x));
        Assert.Equal(3, VectorFunctions.ArgMax(x));
        Assert.Throws<ArgumentException>(() => VectorFunctions.ArgMax([float.NaN]));
        Assert.Throws<ArgumentException>(() => VectorFunctions.ArgMax([]));
    }

    [Fact]
    public void Vectors_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VectorFunctions.Add(new float[3], new float[4], new float[4]));
        Assert.Throws<ArgumentException>(() => VectorFunctions.Dot(new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => VectorFunctions.Exp(new float[3], new float[2]));
    }

    private delegate void Unary(ReadOnlySpan<float> x, Span<float> result);

    private static float[] Compute(Unary function, float[] x)
    {
        var result = new float[x.Length];
        function(x, result);
        return result;
    }

    private static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static void AssertRelative(double expected, double actual, double tolerance)
    {
        var right = expected.Equals(actual) || Math.Abs(expected - actual) <= Math.Max(tolerance * Math.Abs(expected), 1e-30);
        if (!right) Assert.Fail($"{actual:R} is not {expected:R}.");
    }
}
