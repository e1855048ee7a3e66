namespace RnnLm.StandIns.MicrosoftML.Tests;

public class VBufferTests
{
    [Fact]
    public void A_dense_buffer_holds_all_its_values()
    {
        var buffer = new VBuffer<int>(3, [1, 2, 3, 4]);

        Assert.True(buffer.IsDense);
        Assert.Equal([1, 2, 3], buffer.GetValues().ToArray());
        Assert.True(buffer.GetIndices().IsEmpty);
        Assert.Equal(2, buffer.GetItemOrDefault(1));
        Assert.Equal("Dense vector of size 3", buffer.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.GetItemOrDefault(3));
    }

    [Fact]
    public void A_sparse_buffer_gives_defaults_between_its_values()
    {
        var buffer = new VBuffer<int>(5, 2, [7, 9], [1, 4]);

        Assert.False(buffer.IsDense);
        Assert.Equal([0, 7, 0, 0, 9], buffer.DenseValues());
        Assert.Equal([1, 4], buffer.Items().Select(i => i.Key));
        Assert.Equal(5, buffer.Items(all: true).Count());
        Assert.Equal(9, buffer.GetItemOrDefault(4));
        Assert.Equal(0, buffer.GetItemOrDefault(2));
        Assert.Equal("Sparse vector of size 5, 2 explicit values", buffer.ToString());

        var filled = new int[6];
        buffer.CopyTo(filled, 1, -1);
        Assert.Equal([0, -1, 7, -1, -1, 9], filled);

        VBuffer<int> part = default;
        buffer.CopyTo(ref part, 1, 3);
        Assert.Equal([7, 0, 0], part.DenseValues());
        VBuffer<int> dense = default;
        buffer.CopyToDense(ref dense);
        Assert.True(dense.IsDense);
        Assert.Equal([0, 7, 0, 0, 9], dense.GetValues().ToArray());
    }

    [Fact]
    public void A_buffer_without_values_is_cleared_rather_than_filled_with_the_default_given()
    {
        var target = new[] { 5, 5 };
        new VBuffer<int>(2, 0, null, null).CopyTo(target, 0, -1);
        Assert.Equal([0, 0], target);
    }

    [Fact]
    public void An_editor_writes_into_the_arrays_that_are_there()
    {
        var values = new float[4];
        var buffer = new VBuffer<float>(4, values);
        var editor = VBufferEditor.Create(ref buffer, 2);
        Assert.False(editor.CreatedNewValues);
        editor.Values[1] = 3;
        buffer = editor.Commit();

        Assert.Equal(2, buffer.Length);
        Assert.Equal(3, values[1]);
        var larger = VBufferEditor.Create(ref buffer, 9, keepOldOnResize: true);
        Assert.True(larger.CreatedNewValues);
        Assert.Equal(3, larger.Values[1]);
        Assert.Equal(9, larger.Values.Length);
        var sparse = VBufferEditor.Create(ref buffer, 10, 2);
        sparse.Indices[0] = 3;
        sparse.Indices[1] = 8;
        sparse.Values[0] = 1;
        Assert.Equal(1, sparse.CommitTruncated(1).GetItemOrDefault(3));
    }

    [Fact]
    public void Buffers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(-1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(2, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, 2, [1, 2], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(2, [1, 2]).CopyTo(new int[1]));
    }
}
