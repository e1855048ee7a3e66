using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class MatrixViewTests
{
    // 0 1 2 3
    // 4 5 6 7
    // 8 9 10 11
    private readonly MatrixView matrix = new([.. Enumerable.Range(0, 12).Select(i => (float)i)], 3, 4);

    [Fact]
    public void A_transpose_reads_the_same_elements_across()
    {
        var transposed = matrix.Transposed;
        Assert.Equal((4, 3), (transposed.Rows, transposed.Columns));
        Assert.Equal(matrix[2, 1], transposed[1, 2]);
        Assert.Equal(matrix[0, 3], transposed[3, 0]);
        Assert.Equal(matrix[1, 2], transposed.Transposed[1, 2]);
    }

    [Fact]
    public void Ranges_of_rows_and_columns_can_be_taken_of_a_view_and_of_its_transpose()
    {
        var block = matrix.RowRange(1, 2).ColumnRange(2, 2);
        Assert.Equal([6f, 7f, 10f, 11f], [block[0, 0], block[0, 1], block[1, 0], block[1, 1]]);

        var same = matrix.Transposed.RowRange(2, 2).ColumnRange(1, 2);
        Assert.Equal([6f, 10f, 7f, 11f], [same[0, 0], same[0, 1], same[1, 0], same[1, 1]]);
    }

    [Fact]
    public void A_row_is_a_span_over_the_array_itself()
    {
        matrix.ColumnRange(1, 2).Row(1)[0] = -5;
        Assert.Equal(-5, matrix[1, 1]);
    }

    [Fact]
    public void A_parameter_is_viewed_whole()
    {
        var parameter = new NetworkParameter("embedding", 5, 3);
        var view = parameter.Matrix;
        view[4, 2] = 7;
        Assert.Equal((5, 3), (view.Rows, view.Columns));
        Assert.Equal(7, parameter.Values[14]);
    }

    [Fact]
    public void A_matrix_that_ends_beyond_its_array_is_refused_with_the_length_it_needs()
    {
        var exception = Assert.Throws<ArgumentException>(() => new MatrixView(new float[20], 3, 4, 5, 5));
        Assert.Contains("23", exception.Message);
        _ = new MatrixView(new float[23], 3, 4, 5, 5);
    }

    [Fact]
    public void Rows_that_overlap_are_refused()
        => Assert.Throws<ArgumentException>(() => new MatrixView(new float[100], 0, 4, 5, 4));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(2, 2)]
    [InlineData(0, -1)]
    [InlineData(1, int.MaxValue)]
    public void Rows_that_are_not_there_cannot_be_taken(int start, int count)
        => Assert.Throws<ArgumentOutOfRangeException>(() => matrix.RowRange(start, count));

    [Fact]
    public void Elements_that_are_not_there_cannot_be_read()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[-1, 0]);
    }

    [Fact]
    public void The_scattered_rows_of_a_transpose_cannot_be_had_as_a_span()
        => Assert.Throws<InvalidOperationException>(() => matrix.Transposed.Row(0).Length);

    [Theory]
    [InlineData(3, 32)]
    [InlineData(700, 1600)] // larger than a huge page
    public unsafe void Zeros_begin_on_a_cache_line_and_stay_there(int rows, int columns)
    {
        var zeros = MatrixView.Zeros(rows, columns);
        Assert.Equal((rows, columns), (zeros.Rows, zeros.Columns));
        Assert.All(zeros.Elements.ToArray(), value => Assert.Equal(0, value));
        var before = AddressOf(zeros);
        Assert.Equal(0, before % 64);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Assert.Equal(before, AddressOf(zeros));

        static nint AddressOf(MatrixView matrix)
        {
            fixed (float* first = matrix.Elements) return (nint)first;
        }
    }

    [Fact]
    public void Zeros_without_rows_are_empty() => Assert.Equal(0, MatrixView.Zeros(0, 5).Elements.Length);

    [Fact]
    public void Elements_are_all_rows_where_they_leave_no_gap()
    {
        Assert.Equal([4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f], matrix.RowRange(1, 2).Elements.ToArray());
        Assert.Throws<InvalidOperationException>(() => matrix.ColumnRange(0, 2).Elements.Length);
        Assert.Throws<InvalidOperationException>(() => matrix.Transposed.Elements.Length);
    }
}
