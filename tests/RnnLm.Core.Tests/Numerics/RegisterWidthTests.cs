using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

/// <summary>The kernels for each width of register. One that the processor lacks is computed from narrower ones, so all can be run anywhere.</summary>
public unsafe class RegisterWidthTests
{
    private static bool Fuses => Fma.IsSupported || AdvSimd.IsSupported;

    [Fact]
    public void Products_are_right_with_registers_of_every_width()
    {
        var random = new Random(1);
        for (var size = 1; size <= 70; size++)
        {
            var (rows, columns, depth) = (1 + random.Next(40), size, 1 + random.Next(size % 8 == 0 ? 600 : 60));
            var left = Matrices.Random(random, rows, depth, transposed: random.Next(2) == 1);
            var right = Matrices.Random(random, depth, columns);
            var before = Matrices.Random(random, rows, columns);
            foreach (var multiply in new Product[] { Multiply<Simd128, Vector128<float>>, Multiply<Simd256, Vector256<float>>, Multiply<Simd512, Vector512<float>> })
            {
                var result = Matrices.Copy(before);
                multiply(left, right, result, 1 + (size % 3));
                Matrices.AssertProduct(left, right, before, accumulate: true, result);
            }
        }
    }

    [Fact]
    public void Products_are_the_same_bit_for_bit_with_registers_of_every_width_where_multiply_and_add_are_fused()
    {
        if (!Fuses) return;
        var random = new Random(2);
        var left = Matrices.Random(random, 40, 333);
        var right = Matrices.Random(random, 333, 100);
        var results = new[] { new float[4000], new float[4000], new float[4000] };
        Multiply<Simd128, Vector128<float>>(left, right, new MatrixView(results[0], 40, 100), 2);
        Multiply<Simd256, Vector256<float>>(left, right, new MatrixView(results[1], 40, 100), 2);
        Multiply<Simd512, Vector512<float>>(left, right, new MatrixView(results[2], 40, 100), 2);
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void Matrix_and_vector_multiply_rightly_with_registers_of_every_width()
    {
        var random = new Random(3);
        for (var columns = 1; columns <= 70; columns++)
        {
            var rows = 1 + random.Next(20);
            var matrix = Matrices.Random(random, rows, columns);
            var vector = Matrices.Random(random, 1, columns);
            var before = Matrices.Random(random, 1, rows);
            foreach (var multiply in new MatrixTimesVector[] { MultiplyVector<Simd128, Vector128<float>>, MultiplyVector<Simd256, Vector256<float>>, MultiplyVector<Simd512, Vector512<float>> })
            {
                var result = Matrices.Copy(before);
                multiply(matrix, vector.Row(0), result.Row(0));
                Matrices.AssertProduct(vector, matrix.Transposed, before, accumulate: true, result);
            }
        }
    }

    [Fact]
    public void Quantised_products_are_the_same_with_registers_of_every_width()
    {
        var random = new Random(4);
        foreach (var (rows, columns, count) in new[] { (64, 1, 1), (200, 33, 6), (130, 64, 9), (65, 511, 4) })
        {
            var panels = new QuantizedPanels(rows, columns);
            var levels = new sbyte[columns];
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++) levels[column] = (sbyte)random.Next(-128, 128);
                panels.SetRow(row, levels);
                panels.Scales[row] = random.NextSingle();
            }
            // vectors: [count, columns]
            var vectors = new byte[count * panels.PaddedColumns];
            random.NextBytes(vectors);
            for (var i = 0; i < vectors.Length; i++) vectors[i] %= 128;
            var scales = Enumerable.Range(0, count).Select(_ => random.NextSingle()).ToArray();
            var before = Enumerable.Range(0, rows * count).Select(_ => random.NextSingle()).ToArray();

            var expected = MultiplyQuantized<Simd128, Vector128<float>>(panels, vectors, scales, before);
            for (var i = 0; i < count; i++)
            {
                for (var row = 0; row < rows; row++)
                {
                    panels.CopyRow(row, levels);
                    var sum = levels.Zip(vectors.Skip(i * panels.PaddedColumns), (w, x) => (long)w * (x - FixedPoint.ZeroPoint)).Sum();
                    var product = (double)panels.Scales[row] * scales[i] * sum;
                    Assert.Equal(before[(i * rows) + row] + product, expected[(i * rows) + row], 4e-7 * (1 + Math.Abs(product)));
                }
            }
            Assert.Equal(expected, MultiplyQuantized<Simd256, Vector256<float>>(panels, vectors, scales, before));
            Assert.Equal(expected, MultiplyQuantized<Simd512, Vector512<float>>(panels, vectors, scales, before));
        }
    }

    [Fact]
    public void A_vector_times_a_packed_matrix_has_the_bits_of_a_product_of_many_with_registers_of_every_width()
    {
        var random = new Random(4);
        foreach (var depth in new[] { 1, 33, 256, 700, 721, 1500 })
        {
            foreach (var columns in new[] { 1, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 80, 81, 100, 128, 129, 301 })
            {
                var vector = Matrices.Random(random, 1, depth);
                var right = Matrices.Random(random, depth, columns);
                var before = Matrices.Random(random, 1, columns);
                AssertSameBits<Simd128, Vector128<float>>(vector, right, before);
                AssertSameBits<Simd256, Vector256<float>>(vector, right, before);
                AssertSameBits<Simd512, Vector512<float>>(vector, right, before);
            }
        }
    }

    [Fact]
    public void Elementary_functions_give_the_same_bits_with_registers_of_every_width_where_multiply_and_add_are_fused()
    {
        if (!Fuses) return;
        AssertSameBits<Elementwise.Exp>();
        AssertSameBits<Elementwise.Sigmoid>();
        AssertSameBits<Elementwise.Tanh>();
    }

    [Fact]
    public void Elementary_functions_keep_their_bounds_with_registers_of_every_width()
    {
        Ulps.AssertWithin(Ulps.Exp, x => Map<Elementwise.Exp, Simd128, Vector128<float>>(x));
        Ulps.AssertWithin(Ulps.Exp, x => Map<Elementwise.Exp, Simd256, Vector256<float>>(x));
        Ulps.AssertWithin(Ulps.Exp, x => Map<Elementwise.Exp, Simd512, Vector512<float>>(x));
        Ulps.AssertWithin(Ulps.Sigmoid, x => Map<Elementwise.Sigmoid, Simd128, Vector128<float>>(x));
        Ulps.AssertWithin(Ulps.Sigmoid, x => Map<Elementwise.Sigmoid, Simd256, Vector256<float>>(x));
        Ulps.AssertWithin(Ulps.Sigmoid, x => Map<Elementwise.Sigmoid, Simd512, Vector512<float>>(x));
        Ulps.AssertWithin(Ulps.Tanh, x => Map<Elementwise.Tanh, Simd128, Vector128<float>>(x));
        Ulps.AssertWithin(Ulps.Tanh, x => Map<Elementwise.Tanh, Simd256, Vector256<float>>(x));
        Ulps.AssertWithin(Ulps.Tanh, x => Map<Elementwise.Tanh, Simd512, Vector512<float>>(x));
    }

    private delegate void Product(MatrixView left, MatrixView right, MatrixView result, int parts);

    private delegate void MatrixTimesVector(MatrixView matrix, ReadOnlySpan<float> vector, Span<float> result);

    // result += left · right, part by part
    private static void Multiply<TSimd, TVector>(MatrixView left, MatrixView right, MatrixView result, int parts)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var packed = new PackedMatrix(right.Rows, right.Columns);
        packed.Pack(right);
        fixed (float* leftValues = left.Values, resultValues = result.Values)
        {
            var product = new BlockedProduct
            {
                Left = leftValues + left.Offset,
                LeftRowStep = left.RowStep,
                LeftStep = left.ColumnStep,
                Right = packed.Values,
                PackedColumns = packed.Columns,
                Result = resultValues + result.Offset,
                ResultStep = result.RowStep,
                Rows = result.Rows,
                Columns = result.Columns,
                Depth = left.Columns,
                Accumulate = true,
                Parts = parts,
            };
            for (var part = 0; part < parts; part++) product.RunPart<TSimd, TVector>(part);
        }

        GC.KeepAlive(packed);
    }

    private static void AssertSameBits<TSimd, TVector>(MatrixView vector, MatrixView right, MatrixView before)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var expected = Matrices.Copy(before);
        Multiply<TSimd, TVector>(vector, right, expected, 1);
        var packed = new PackedMatrix(right.Rows, right.Columns);
        packed.Pack(right);
        foreach (var parts in new[] { 1, 2, 3 })
        {
            var result = Matrices.Copy(before).Row(0).ToArray();
            fixed (float* x = vector.Values, y = result)
            {
                var product = new PackedVectorProduct
                {
                    Vector = x + vector.Offset,
                    Matrix = packed.Values,
                    Depth = right.Rows,
                    Columns = right.Columns,
                    Result = y,
                    Parts = parts,
                };
                for (var part = 0; part < parts; part++) product.RunPart<TSimd, TVector>(part);
            }

            Assert.Equal(expected.Row(0).ToArray(), result);
        }

        GC.KeepAlive(packed);
    }

    private static void MultiplyVector<TSimd, TVector>(MatrixView matrix, ReadOnlySpan<float> vector, Span<float> result)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        fixed (float* values = matrix.Values, x = vector, y = result)
        {
            var product = new VectorProduct
            {
                Matrix = values + matrix.Offset,
                RowStep = matrix.RowStep,
                Rows = matrix.Rows,
                Columns = matrix.Columns,
                Vector = x,
                Result = y,
                Accumulate = true,
                Parts = 1,
            };
            product.RunPart<TSimd, TVector>(0);
        }
    }

    private static float[] MultiplyQuantized<TSimd, TVector>(QuantizedPanels panels, byte[] vectors, float[] scales, float[] before)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var result = (float[])before.Clone();
        fixed (byte* x = vectors)
        fixed (float* scale = scales, y = result)
        {
            var product = new QuantizedVectorsProduct
            {
                FirstPanel = panels.FirstPanel,
                Groups = panels.Groups,
                Rows = panels.Rows,
                Vectors = (uint*)x,
                VectorScales = scale,
                Count = scales.Length,
                Result = y,
                ResultStep = panels.Rows,
                Parts = 7, // more than there are panels
            };
            for (var part = 0; part < product.Parts; part++) product.RunPart<TSimd, TVector>(part);
            GC.KeepAlive(panels);
        }

        return result;
    }

    private static float[] Map<TFunction, TSimd, TVector>(float[] x)
        where TFunction : IElementwise
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var result = new float[x.Length];
        fixed (float* source = x, target = result) VectorLoops<TSimd, TVector>.Map<TFunction>(source, source, 0, target, x.Length);
        return result;
    }

    private static void AssertSameBits<TFunction>()
        where TFunction : IElementwise
    {
        foreach (var block in Ulps.EveryFloat(stride: 65_521))
        {
            var expected = Map<TFunction, Simd128, Vector128<float>>(block);
            Assert.Equal(Bits(expected), Bits(Map<TFunction, Simd256, Vector256<float>>(block)));
            Assert.Equal(Bits(expected), Bits(Map<TFunction, Simd512, Vector512<float>>(block)));
        }
    }

    // What is not a number may carry any bits.
    private static int[] Bits(float[] values) => [.. values.Select(value => float.IsNaN(value) ? int.MaxValue : BitConverter.SingleToInt32Bits(value))];
}
