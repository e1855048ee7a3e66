using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class QuantizedProductTests
{
    private static float[] Random(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private static QuantizedPanels Quantized(MatrixView matrix)
    {
        var panels = new QuantizedPanels(matrix.Rows, matrix.Columns);
        for (var row = 0; row < matrix.Rows; row++) panels.Quantize(row, matrix.Row(row));
        return panels;
    }

    private static sbyte[] Levels(QuantizedPanels panels, int row)
    {
        var levels = new sbyte[panels.Columns];
        panels.CopyRow(row, levels);
        return levels;
    }

    /// <summary>The sum in whole numbers that never overflow, times the scales in double precision.</summary>
    private static double Product(QuantizedPanels panels, int row, float[] vector)
    {
        var multiples = new byte[vector.Length];
        var scale = FixedPoint.Round(vector, multiples);
        var sum = Levels(panels, row).Zip(multiples, (w, x) => (long)w * (x - FixedPoint.ZeroPoint)).Sum();
        return (double)panels.Scales[row] * scale * sum;
    }

    private static void AssertProduct(QuantizedPanels panels, int firstRow, float[] vector, float[] before, float[] result)
    {
        for (var i = 0; i < before.Length; i++)
        {
            var product = Product(panels, firstRow + i, vector);
            // Four roundings: of the sum as a float, of the scales' product, of their product, of the addition.
            var bound = ((3 * Math.Abs(product)) + Math.Abs(before[i] + product)) * Math.Pow(2, -24);
            Assert.InRange(result[i] - before[i] - product, -bound, bound);
        }
    }

    [Fact]
    public void A_weight_is_off_by_at_most_half_its_rows_scale()
    {
        var random = new Random(1);
        foreach (var columns in new[] { 1, 2, 7, 64, 201 })
        {
            var matrix = Matrices.Random(random, 70, columns);
            matrix.Row(1).Clear();
            matrix.Row(2)[0] = 1e9f; // beside which all others are next to nothing
            matrix.Row(3).Fill(-0.25f);
            for (var column = 0; column < columns; column++) matrix.Row(4)[column] *= 1e-30f;
            for (var column = 0; column < columns; column++) matrix.Row(5)[column] *= 1e30f;
            var panels = Quantized(matrix);
            var weights = new float[columns];
            for (var row = 0; row < 70; row++)
            {
                panels.Dequantize(row, weights);
                var scale = panels.Scales[row];
                var greatest = Levels(panels, row).Max(level => Math.Abs((int)level));
                Assert.Equal(scale == 0 ? 0 : 127, greatest);
                for (var column = 0; column < columns; column++)
                    Assert.InRange(Math.Abs((double)matrix[row, column] - weights[column]), 0, 0.5000001 * scale);
            }
            Assert.Equal(0, panels.Scales[1]);
        }
    }

    [Fact]
    public void Weights_too_small_for_a_scale_become_zero()
    {
        var panels = new QuantizedPanels(1, 3);
        panels.Quantize(0, [1e-40f, -float.Epsilon, 0]);
        Assert.Equal(0, panels.Scales[0]);
        Assert.Equal(new sbyte[3], Levels(panels, 0));
    }

    [Fact]
    public void Rows_come_out_as_they_were_set()
    {
        var random = new Random(2);
        foreach (var (rows, columns) in new[] { (1, 1), (3, 2), (64, 5), (65, 64), (130, 33) })
        {
            var panels = new QuantizedPanels(rows, columns);
            var expected = Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (sbyte)random.Next(-128, 128)).ToArray()).ToArray();
            for (var row = 0; row < rows; row++) panels.SetRow(row, expected[row]);
            for (var row = 0; row < rows; row++) Assert.Equal(expected[row], Levels(panels, row));
        }
    }

    [Fact]
    public void A_vectors_element_is_off_by_at_most_half_its_scale()
    {
        var random = new Random(3);
        for (var length = 1; length < 70; length++)
        {
            var vector = Random(random, length);
            for (var i = 0; i < length; i++) vector[i] *= MathF.Pow(10, length % 30 - 15);
            var multiples = new byte[length + 3];
            Array.Fill(multiples, (byte)99);
            var scale = FixedPoint.Round(vector, multiples);
            for (var i = 0; i < length; i++)
                Assert.InRange(Math.Abs(vector[i] - ((double)scale * (multiples[i] - FixedPoint.ZeroPoint))), 0, 0.50001 * scale);
            Assert.Equal(63, multiples.Max(multiple => Math.Abs(multiple - FixedPoint.ZeroPoint)));
            Assert.All(multiples[length..], multiple => Assert.Equal(FixedPoint.ZeroPoint, multiple));
        }
    }

    [Fact]
    public void Vectors_of_zeros_are_zero_and_what_is_not_a_number_stays_so()
    {
        var multiples = new byte[20];
        Assert.Equal(0, FixedPoint.Round(new float[20], multiples));
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (var place in new[] { 0, 13, 19 })
            {
                var vector = Random(new Random(4), 20);
                vector[place] = value;
                var result = new float[3];
                QuantizedProduct.MultiplyAdd(Quantized(Matrices.Random(new Random(5), 3, 20)), 0, vector, result);
                Assert.All(result, sum => Assert.True(float.IsNaN(sum)));
            }
        }
    }

    [Theory]
    [InlineData(0, 63)]
    [InlineData(1, 63)]
    [InlineData(266_305, 63)]
    [InlineData(266_306, 62)]
    [InlineData(1_000_000, 16)]
    public void No_sum_of_products_overflows(int length, int level)
    {
        Assert.Equal(level, FixedPoint.GreatestLevel(length));
        Assert.True(128L * length * level <= int.MaxValue);
    }

    [Fact]
    public void Products_are_those_of_whole_numbers()
    {
        var random = new Random(6);
        for (var columns = 1; columns <= 140; columns++)
        {
            var rows = 1 + random.Next(200);
            var panels = Quantized(Matrices.Random(random, rows, columns));
            var vector = Random(random, columns);
            var firstRow = random.Next(rows);
            var before = Random(random, random.Next(rows - firstRow + 1));
            var room = new float[before.Length + 2];
            Array.Fill(room, Matrices.Untouched);
            before.CopyTo(room, 1);
            QuantizedProduct.MultiplyAdd(panels, firstRow, vector, room.AsSpan(1, before.Length));
            AssertProduct(panels, firstRow, vector, before, room[1..^1]);
            Assert.Equal((Matrices.Untouched, Matrices.Untouched), (room[0], room[^1]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(650)]
    [InlineData(4001)]
    [InlineData(300_000)]
    public void Sums_are_exact_where_every_number_is_as_great_as_it_can_be(int columns)
    {
        var panels = new QuantizedPanels(67, columns);
        for (var row = 0; row < 67; row++)
        {
            // 127 or, as another program's file may have it, −128; of one sign or of both
            var levels = Enumerable.Range(0, columns).Select(column => (sbyte)((row + (column * (row / 4 % 2))) % 2 == 0 ? 127 : -128)).ToArray();
            panels.SetRow(row, levels);
            panels.Scales[row] = 1;
        }
        foreach (var sign in new[] { 1f, -1f })
        {
            var vector = new float[columns];
            Array.Fill(vector, sign * FixedPoint.GreatestLevel(columns));
            var result = new float[67];
            QuantizedProduct.MultiplyAdd(panels, 0, vector, result);
            for (var row = 0; row < 67; row++)
                Assert.Equal((float)Levels(panels, row).Sum(level => (long)level * (long)vector[0]), result[row]);
        }
    }

    [Fact]
    public void Many_vectors_give_the_bits_that_each_gives_alone()
    {
        var random = new Random(7);
        foreach (var (rows, columns, count, firstRow, width) in new[] { (200, 33, 9, 0, 200), (200, 64, 4, 64, 128), (200, 7, 5, 32, 97), (70, 12, 3, 69, 1), (64, 20, 1, 0, 64), (10, 1, 6, 3, 0) })
        {
            var panels = Quantized(Matrices.Random(random, rows, columns));
            var vectors = Matrices.Random(random, count, columns);
            vectors.Row(0).Clear();
            var before = Matrices.Random(random, count, width);
            var result = Matrices.Copy(before);
            QuantizedProduct.MultiplyAdd(panels, firstRow, vectors, result);
            var expected = Matrices.Copy(before);
            for (var i = 0; i < count; i++) QuantizedProduct.MultiplyAdd(panels, firstRow, vectors.Row(i), expected.Row(i));
            Assert.Equal(expected.Values, result.Values); // what lies around the result too
        }
    }

    [Fact]
    public void A_matrix_that_threads_share_gives_the_bits_of_one_thread()
    {
        var random = new Random(8);
        // Neither the first row nor the last begins or ends a panel.
        const int FirstRow = 37, Rows = 4100, Columns = 260;
        var panels = Quantized(Matrices.Random(random, 4200, Columns));
        Assert.True(HelperThreads.PartsOfVector(Rows * Columns) > 1);
        // Of many vectors a product is one thread's.
        var vectors = Matrices.Random(random, 8, Columns);
        var expected = new MatrixView(new float[8 * Rows], 8, Rows);
        QuantizedProduct.MultiplyAdd(panels, FirstRow, vectors, expected);
        Parallel.For(0, 80, turn =>
        {
            var room = new float[Rows + 2];
            (room[0], room[^1]) = (Matrices.Untouched, Matrices.Untouched);
            QuantizedProduct.MultiplyAdd(panels, FirstRow, vectors.Row(turn % 8), room.AsSpan(1, Rows));
            Assert.Equal(expected.Row(turn % 8), room.AsSpan(1, Rows));
            Assert.Equal((Matrices.Untouched, Matrices.Untouched), (room[0], room[^1]));
        });
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var panels = new QuantizedPanels(5, 4);
        Assert.Contains("5×4", Assert.Throws<ArgumentException>(() => QuantizedProduct.MultiplyAdd(panels, 0, new float[3], new float[5])).Message);
        Assert.Throws<ArgumentException>(() => QuantizedProduct.MultiplyAdd(panels, 0, new float[4], new float[6]));
        Assert.Throws<ArgumentException>(() => QuantizedProduct.MultiplyAdd(panels, 3, new float[4], new float[3]));
        Assert.Throws<ArgumentException>(() => QuantizedProduct.MultiplyAdd(panels, -1, new float[4], new float[3]));
        Assert.Throws<ArgumentException>(() => QuantizedProduct.MultiplyAdd(panels, 0, new MatrixView(new float[8], 2, 4), new MatrixView(new float[15], 3, 5)));
        Assert.Throws<ArgumentException>(() => panels.SetRow(0, new sbyte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => panels.Quantize(5, new float[4]));
    }
}
