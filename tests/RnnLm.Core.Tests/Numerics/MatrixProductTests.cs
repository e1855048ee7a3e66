using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class MatrixProductTests
{
    [Fact]
    public void Products_of_every_small_size_are_right_whatever_the_strides_and_transposes()
    {
        var random = new Random(1);
        using var workers = new Workers(2);
        for (var size = 1; size <= 70; size++)
        {
            foreach (var (rows, columns, depth) in new[]
            {
                (size, random.Next(1, 71), random.Next(1, 71)),
                (random.Next(1, 71), size, random.Next(1, 71)),
                (random.Next(1, 71), random.Next(1, 71), size),
            })
            {
                var left = Matrices.Random(random, rows, depth, transposed: random.Next(2) == 1);
                var right = Matrices.Random(random, depth, columns, transposed: random.Next(2) == 1);
                var before = Matrices.Random(random, rows, columns);
                var accumulate = random.Next(2) == 1;
                var result = Matrices.Copy(before);
                MatrixProduct.Multiply(left, right, result, accumulate, random.Next(2) == 1 ? workers : Workers.Single);
                Matrices.AssertProduct(left, right, before, accumulate, result);
            }
        }
    }

    [Theory]
    [InlineData(200, 100, 520)]
    [InlineData(20, 400, 200)]
    [InlineData(24, 328, 600)]
    [InlineData(1, 1000, 650)]
    [InlineData(1000, 1, 65)]
    [InlineData(65, 33, 1300)]
    [InlineData(259, 131, 257)]
    public void Larger_products_are_right_on_any_number_of_threads(int rows, int columns, int depth)
    {
        var random = new Random(2);
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var workers = new Workers(threads);
            var left = Matrices.Random(random, rows, depth, transposed: threads == 2);
            var right = Matrices.Random(random, depth, columns, transposed: threads == 3);
            var before = Matrices.Random(random, rows, columns);
            var result = Matrices.Copy(before);
            MatrixProduct.Multiply(left, right, result, accumulate: true, workers);
            Matrices.AssertProduct(left, right, before, accumulate: true, result);
        }
    }

    [Fact]
    public void A_transposed_result_is_filled_across()
    {
        var random = new Random(3);
        var left = Matrices.Random(random, 45, 38);
        var right = Matrices.Random(random, 38, 29);
        var before = Matrices.Random(random, 29, 45);
        var result = Matrices.Copy(before);
        MatrixProduct.Multiply(left, right, result.Transposed, accumulate: true, Workers.Single);
        Matrices.AssertProduct(left, right, before.Transposed, accumulate: true, result.Transposed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_product_is_the_same_bit_for_bit_on_any_number_of_threads(bool transposed)
    {
        var random = new Random(4);
        foreach (var (rows, columns, depth) in new[] { (350, 200, 300), (20, 810, 200), (133, 133, 600), (5, 2000, 50) })
        {
            var left = Matrices.Random(random, rows, depth, transposed);
            var right = Matrices.Random(random, depth, columns);
            var expected = new float[rows * columns];
            MatrixProduct.Multiply(left, right, new MatrixView(expected, rows, columns), accumulate: false, Workers.Single);
            foreach (var threads in new[] { 2, 3, 4 })
            {
                using var workers = new Workers(threads);
                for (var run = 0; run < 3; run++)
                {
                    var actual = new float[rows * columns];
                    MatrixProduct.Multiply(left, right, new MatrixView(actual, rows, columns), accumulate: false, workers);
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void An_element_is_the_same_bit_for_bit_in_whatever_part_of_the_product_it_is_asked_for()
    {
        var random = new Random(5);
        var left = Matrices.Random(random, 70, 300);
        var right = Matrices.Random(random, 300, 330);
        var packed = new PackedMatrix(300, 330);
        packed.Pack(right);
        var whole = new MatrixView(new float[70 * 330], 70, 330);
        MatrixProduct.Multiply(left, packed, whole, accumulate: false, Workers.Single);

        for (var rows = 1; rows <= 30; rows++)
        {
            var firstRow = random.Next(70 - rows);
            var firstColumn = random.Next(330 / PackedMatrix.PanelWidth) * PackedMatrix.PanelWidth;
            var columns = random.Next(1, 330 - firstColumn + 1);
            var part = new MatrixView(new float[rows * columns], rows, columns);
            MatrixProduct.MultiplyColumns(left.RowRange(firstRow, rows), packed, firstColumn, part, accumulate: false, Workers.Single);
            for (var row = 0; row < rows; row++) Assert.Equal(whole.Row(firstRow + row).Slice(firstColumn, columns), part.Row(row));
        }
    }

    [Fact]
    public void Some_columns_of_a_product_leave_the_others_alone()
    {
        var random = new Random(6);
        var left = Matrices.Random(random, 21, 40);
        var right = Matrices.Random(random, 40, 150);
        var packed = new PackedMatrix(40, 150);
        packed.Pack(right);
        for (var columns = 1; columns <= 150 - 64; columns++)
        {
            var before = Matrices.Random(random, 21, columns);
            var result = Matrices.Copy(before);
            MatrixProduct.MultiplyColumns(left, packed, 64, result, accumulate: true, Workers.Single);
            Matrices.AssertProduct(left, right.ColumnRange(64, columns), before, accumulate: true, result);
        }
    }

    [Fact]
    public void A_product_over_nothing_is_zero_and_adds_nothing()
    {
        var left = new MatrixView([], 3, 0);
        var right = new MatrixView([], 0, 2);
        var result = new MatrixView([1, 2, 3, 4, 5, 6], 3, 2);
        MatrixProduct.Multiply(left, right, result, accumulate: true, Workers.Single);
        Assert.Equal([1f, 2, 3, 4, 5, 6], result.Values);
        MatrixProduct.Multiply(left, right, result, accumulate: false, Workers.Single);
        Assert.Equal(new float[6], result.Values);
        MatrixProduct.Multiply(new MatrixView([], 0, 4), new MatrixView(new float[8], 4, 2), new MatrixView([], 0, 2), accumulate: false, Workers.Single);
    }

    [Fact]
    public void Infinities_and_what_is_not_a_number_reach_only_the_elements_they_belong_to()
    {
        var random = new Random(7);
        var left = Matrices.Random(random, 30, 50);
        var right = Matrices.Random(random, 50, 40);
        left[7, 3] = float.NaN;
        right[4, 9] = float.PositiveInfinity;
        var result = new MatrixView(new float[30 * 40], 30, 40);
        MatrixProduct.Multiply(left, right, result, accumulate: false, Workers.Single);
        for (var row = 0; row < 30; row++)
        {
            for (var column = 0; column < 40; column++)
                Assert.Equal(row != 7 && column != 9, float.IsFinite(result[row, column]));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_in_words()
    {
        var left = new MatrixView(new float[12], 3, 4);
        var right = new MatrixView(new float[10], 5, 2);
        var exception = Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(left, right, new MatrixView(new float[6], 3, 2), false, Workers.Single));
        Assert.Contains("3×4", exception.Message);
        Assert.Contains("5×2", exception.Message);
        var fitting = right.RowRange(0, 4);
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(left, fitting, new MatrixView(new float[6], 2, 3), false, Workers.Single));
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(left, new PackedMatrix(4, 2), new MatrixView(new float[6], 2, 3).Transposed, false, Workers.Single));
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.MultiplyColumns(left, new PackedMatrix(4, 70), 16, new MatrixView(new float[30], 3, 10), false, Workers.Single));
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.MultiplyColumns(left, new PackedMatrix(4, 70), 64, new MatrixView(new float[30], 3, 10), false, Workers.Single));
    }

    [Fact]
    public void A_product_with_a_packed_matrix_allocates_nothing()
    {
        var random = new Random(8);
        using var workers = new Workers(2);
        var left = Matrices.Random(random, 100, 90, transposed: true);
        var right = Matrices.Random(random, 90, 200);
        var result = Matrices.Random(random, 100, 200);
        var packed = new PackedMatrix(90, 200);
        void Multiply()
        {
            packed.Pack(right, workers);
            MatrixProduct.Multiply(left, packed, result, accumulate: true, workers);
            MatrixProduct.Multiply(left, right, result, accumulate: true, workers);
        }

        Multiply();
        Multiply();
        Allocations.AssertNone(Multiply);
    }

    [Fact]
    public void The_product_of_a_matrix_and_a_vector_is_right_for_every_small_size()
    {
        var random = new Random(9);
        using var workers = new Workers(2);
        for (var size = 1; size <= 70; size++)
        {
            foreach (var (rows, columns) in new[] { (size, random.Next(1, 300)), (random.Next(1, 300), size) })
            {
                var matrix = Matrices.Random(random, rows, columns);
                var vector = Matrices.Random(random, 1, columns);
                var before = Matrices.Random(random, 1, rows);
                var result = Matrices.Copy(before);
                var accumulate = random.Next(2) == 1;
                MatrixProduct.MultiplyVector(matrix, vector.Row(0), result.Row(0), accumulate, random.Next(2) == 1 ? workers : Workers.Single);
                Matrices.AssertProduct(vector, matrix.Transposed, before, accumulate, result);
            }
        }
    }

    [Fact]
    public void The_product_of_a_matrix_and_a_vector_is_the_same_bit_for_bit_on_any_number_of_threads()
    {
        var random = new Random(10);
        var matrix = Matrices.Random(random, 4001, 203);
        var vector = Matrices.Random(random, 1, 203);
        var expected = new float[4001];
        MatrixProduct.MultiplyVector(matrix, vector.Row(0), expected, accumulate: false, Workers.Single);
        foreach (var threads in new[] { 2, 3 })
        {
            using var workers = new Workers(threads);
            var actual = new float[4001];
            MatrixProduct.MultiplyVector(matrix, vector.Row(0), actual, accumulate: false, workers);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_vector_of_another_length_is_refused_in_words()
    {
        var matrix = new MatrixView(new float[12], 3, 4);
        Assert.Throws<ArgumentException>(() => MatrixProduct.MultiplyVector(matrix, new float[3], new float[3], false, Workers.Single));
        Assert.Throws<ArgumentException>(() => MatrixProduct.MultiplyVector(matrix, new float[4], new float[4], false, Workers.Single));
        Assert.Throws<ArgumentException>(() => MatrixProduct.MultiplyVector(matrix.Transposed, new float[3], new float[4], false, Workers.Single));
    }

    [Fact]
    public void A_vector_times_a_packed_matrix_is_right_and_the_same_bit_for_bit_whoever_else_multiplies()
    {
        var random = new Random(11);
        foreach (var (depth, columns) in new[] { (203, 4001), (650, 2000), (7, 5) })
        {
            var right = Matrices.Random(random, depth, columns);
            var vector = Matrices.Random(random, 1, depth);
            var before = Matrices.Random(random, 1, columns);
            var packed = new PackedMatrix(depth, columns);
            packed.Pack(right);
            var expected = Matrices.Copy(before);
            MatrixProduct.Multiply(vector, packed, expected, accumulate: true, Workers.Single);
            Matrices.AssertProduct(vector, right, before, accumulate: true, expected);
            var actual = Enumerable.Range(0, 5).Select(_ => Matrices.Copy(before)).ToArray();
            var callers = actual.Select(result => new Thread(() => MatrixProduct.MultiplyAddVector(vector.Row(0), packed, result.Row(0)))).ToList();
            callers.ForEach(caller => caller.Start());
            callers.ForEach(caller => caller.Join());
            Assert.All(actual, result => Assert.Equal(expected.Row(0).ToArray(), result.Row(0).ToArray()));
        }
    }

    [Fact]
    public void A_vector_that_does_not_fit_a_packed_matrix_is_refused_in_words()
    {
        var packed = new PackedMatrix(3, 4);
        Assert.Contains("3×4", Assert.Throws<ArgumentException>(() => MatrixProduct.MultiplyAddVector(new float[4], packed, new float[4])).Message);
        Assert.Throws<ArgumentException>(() => MatrixProduct.MultiplyAddVector(new float[3], packed, new float[3]));
    }
}
