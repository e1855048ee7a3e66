using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class PackedMatrixTests
{
    [Fact]
    public void A_matrix_packed_block_by_block_multiplies_like_the_blocks_side_by_side()
    {
        var random = new Random(1);
        for (var round = 0; round < 40; round++)
        {
            var depth = random.Next(1, 60);
            var widths = Enumerable.Range(0, 4).Select(_ => random.Next(1, 50)).ToArray();
            var packed = new PackedMatrix(depth, widths.Sum());
            var whole = new MatrixView(new float[depth * widths.Sum()], depth, widths.Sum());
            var firstColumn = 0;
            foreach (var width in widths)
            {
                var block = Matrices.Random(random, depth, width, transposed: random.Next(2) == 1);
                packed.PackColumns(block, firstColumn);
                for (var row = 0; row < depth; row++)
                    for (var column = 0; column < width; column++) whole[row, firstColumn + column] = block[row, column];
                firstColumn += width;
            }

            var left = Matrices.Random(random, 13, depth);
            var before = Matrices.Random(random, 13, widths.Sum());
            var result = Matrices.Copy(before);
            MatrixProduct.Multiply(left, packed, result, accumulate: false, Workers.Single);
            Matrices.AssertProduct(left, whole, before, accumulate: false, result);
        }
    }

    [Fact]
    public void Packing_again_replaces_what_was_packed()
    {
        var random = new Random(2);
        using var workers = new Workers(2);
        var packed = new PackedMatrix(200, 170);
        var left = Matrices.Random(random, 5, 200);
        for (var round = 0; round < 3; round++)
        {
            var right = Matrices.Random(random, 200, 170, transposed: round == 1);
            packed.Pack(right, workers);
            var result = Matrices.Random(random, 5, 170);
            var before = Matrices.Copy(result);
            MatrixProduct.Multiply(left, packed, result, accumulate: false, Workers.Single);
            Matrices.AssertProduct(left, right, before, accumulate: false, result);
        }
    }

    [Fact]
    public void A_matrix_made_lower_and_higher_again_multiplies_like_a_new_one()
    {
        var random = new Random(3);
        var packed = new PackedMatrix(90, 45);
        foreach (var rows in new[] { 90, 1, 33, 0, 90 })
        {
            packed.Resize(rows);
            var right = Matrices.Random(random, rows, 45);
            packed.Pack(right);
            var (left, result) = (Matrices.Random(random, 7, rows), Matrices.Random(random, 7, 45));
            var before = Matrices.Copy(result);
            MatrixProduct.Multiply(left, packed, result, accumulate: true, Workers.Single);
            Matrices.AssertProduct(left, right, before, accumulate: true, result);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.Resize(91));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.Resize(-1));
    }

    [Fact]
    public void A_matrix_of_another_shape_is_refused()
    {
        var packed = new PackedMatrix(10, 20);
        Assert.Throws<ArgumentException>(() => packed.Pack(new MatrixView(new float[190], 10, 19)));
        Assert.Throws<ArgumentException>(() => packed.Pack(new MatrixView(new float[220], 11, 20)));
        Assert.Throws<ArgumentException>(() => packed.PackColumns(new MatrixView(new float[100], 10, 10), 11));
        Assert.Throws<ArgumentException>(() => packed.PackColumns(new MatrixView(new float[100], 10, 10), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PackedMatrix(-1, 2));
    }

    [Fact]
    public void A_matrix_too_large_for_one_array_is_refused_when_it_is_made()
        => Assert.Throws<OverflowException>(() => new PackedMatrix(100_000, 100_000));
}
