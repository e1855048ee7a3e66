namespace RnnLm.StandIns.MicrosoftML.Tests;

public class ConcatenateTests
{
    private readonly MLContext context = new(1);

    public class Parts
    {
        public float One { get; set; }

        [VectorType(2)]
        public float[] Two { get; set; }

        public float[] Any { get; set; }

        public string Text { get; set; }
    }

    private IDataView Data() => context.Data.LoadFromEnumerable([new Parts { One = 1, Two = [2, 3], Any = [4], Text = "t" }]);

    [Fact]
    public void Columns_are_joined_to_a_vector_whose_slots_bear_their_names()
    {
        var data = Data();
        var model = context.Transforms.Concatenate("All", "One", "Two", "One").Fit(data);
        var output = context.SavedAndLoaded(model).Transform(data);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 4), output.Schema["All"].Type);
        Assert.Equal([1f, 2f, 3f, 1f], output.GetColumn<float[]>("All").Single());
        VBuffer<ReadOnlyMemory<char>> names = default;
        output.Schema["All"].GetSlotNames(ref names);
        Assert.Equal(["One", "", "", "One"], names.DenseValues().Select(n => n.ToString()));
        var nested = context.Transforms.Concatenate("Nested", "All", "One").Fit(output).Transform(output);
        nested.Schema["Nested"].GetSlotNames(ref names);
        Assert.Equal(["All.One", "", "", "All.One", "One"], names.DenseValues().Select(n => n.ToString()));
    }

    [Fact]
    public void Of_a_part_of_unknown_size_the_whole_is_of_unknown_size()
    {
        var output = context.Transforms.Concatenate("All", "Any", "One").Fit(Data()).Transform(Data());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), output.Schema["All"].Type);
        Assert.Equal([4f, 1f], output.GetColumn<float[]>("All").Single());
        Assert.False(output.Schema["All"].HasSlotNames());
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 2),
            context.Transforms.Concatenate("All", "Text", "Text").Fit(Data()).Transform(Data()).Schema["All"].Type);
        Assert.Equal([2f, 3f],
            context.Transforms.Concatenate("All", "Two").Fit(Data()).Transform(Data()).GetColumn<float[]>("All").Single());
    }

    [Fact]
    public void Columns_of_different_types_cannot_be_joined()
    {
        var estimator = context.Transforms.Concatenate("All", "One", "Text");
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(Data()).Transform(Data()));
        Assert.Throws<InvalidOperationException>(() => context.Transforms.CopyColumns("c", "One").Append(estimator).Fit(Data()));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("All", "Nothing").Fit(Data()).Transform(Data()));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("All"));
    }

    [Fact]
    public void A_sparse_part_makes_a_sparse_whole()
    {
        var data = context.Data.LoadFromEnumerable([new Buffers { Wide = new VBuffer<float>(10, 1, [5], [3]), One = 1 }]);
        var whole = context.Transforms.Concatenate("All", "Wide", "One").Fit(data).Transform(data)
            .GetColumn<VBuffer<float>>("All").Single();
        Assert.False(whole.IsDense);
        Assert.Equal([3, 10], whole.GetIndices().ToArray());
        Assert.Equal([5f, 1f], whole.GetValues().ToArray());
    }

    public class Buffers
    {
        [VectorType(10)]
        public VBuffer<float> Wide { get; set; }

        public float One { get; set; }
    }
}
