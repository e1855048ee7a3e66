using System.Runtime.InteropServices;

namespace RnnLm.StandIns.TorchSharp.Tests;

public sealed class TensorTests
{
    [TorchFact]
    public void A_tensor_is_a_copy_of_the_values_it_is_made_from()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4, 5, 6];
        var matrix = tensor(values, [2, 3]);
        values[0] = 9;
        Assert.Equal([2, 3], matrix.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], Values.Of(matrix));
    }

    [TorchFact]
    public void Too_few_values_for_a_shape_are_refused()
        => Assert.Throws<ArgumentException>(() => tensor([1, 2, 3], [2, 2]));

    [TorchFact]
    public void Integers_can_be_widened_as_they_are_copied()
    {
        using var scope = NewDisposeScope();
        var words = tensor([7, -1, 3], [3], dtype: ScalarType.Int64);
        Assert.Equal([7, -1, 3], MemoryMarshal.Cast<byte, long>(words.bytes).ToArray());
        Assert.Equal(-1, words.select(0, 1).item<long>());
    }

    [TorchFact]
    public void Parts_and_views_share_the_memory()
    {
        using var scope = NewDisposeScope();
        var matrix = tensor([1f, 2, 3, 4, 5, 6], [3, 2]);
        Assert.Equal([3, 4], Values.Of(matrix.select(0, 1)));
        matrix.narrow(0, 1, 2).zero_();
        Assert.Equal([1, 2, 0, 0, 0, 0], Values.Of(matrix.view(-1)));
        matrix.copy_(tensor([6f, 5, 4, 3, 2, 1], [3, 2]));
        Assert.Equal([6, 5], Values.Of(matrix.narrow(0, 0, 1)));
    }

    [TorchFact]
    public void A_single_value_is_read_in_its_own_type_only()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2.5f, (Values.Row(5) / 2).item<float>());
        Assert.Throws<ArgumentException>(() => Values.Row(1).item<long>());
        Assert.Throws<ArgumentException>(() => Values.Row(1, 2).item<float>());
    }

    [TorchFact]
    public void Memory_that_is_not_in_order_is_not_handed_out()
    {
        using var scope = NewDisposeScope();
        var column = tensor([1f, 2, 3, 4], [2, 2]).select(1, 0);
        Assert.Throws<InvalidOperationException>(() => column.bytes.Length);
    }

    [TorchFact]
    public void An_error_of_libtorch_is_an_ExternalException_with_its_text()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => Values.Row(1, 2, 3).view(2, 2));
        Assert.Contains("invalid for input of size 3", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void A_disposed_tensor_is_invalid()
    {
        var row = Values.Row(1);
        row.Dispose();
        row.Dispose();
        Assert.True(row.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => row.detach());
    }

    [TorchFact]
    public void The_number_of_threads_is_what_was_set()
    {
        var before = get_num_threads();
        set_num_threads(before + 1);
        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
    }
}
