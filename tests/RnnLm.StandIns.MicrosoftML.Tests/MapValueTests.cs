namespace RnnLm.StandIns.MicrosoftML.Tests;

public class MapValueTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Text_is_mapped_to_numbers_and_what_is_unknown_to_zero()
    {
        var data = context.Texts("a", "b", "z");
        var map = new Dictionary<string, float> { ["a"] = 1, ["b"] = 2 };
        var model = context.Transforms.Conversion.MapValue("Value", map, "Text").Fit(data);
        foreach (var m in new[] { model, context.SavedAndLoaded(model) })
        {
            var output = m.Transform(data);
            Assert.Equal(NumberDataViewType.Single, output.Schema["Value"].Type);
            Assert.Equal([1f, 2f, 0f], output.GetColumn<float>("Value"));
        }
    }

    [Fact]
    public void What_is_unknown_is_mapped_to_the_default_of_other_types()
    {
        var data = context.Texts("a", "z");
        Assert.Equal([7, 0], Map(new Dictionary<string, int> { ["a"] = 7 }).GetColumn<int>("Value"));
        Assert.Equal(["x", ""], Map(new Dictionary<string, string> { ["a"] = "x" }).Strings("Value"));
        Assert.Equal([true, false], Map(new Dictionary<string, bool> { ["a"] = true }).GetColumn<bool>("Value"));
        Assert.Equal([0.5, 0.0], Map(new Dictionary<string, double> { ["a"] = 0.5 }).GetColumn<double>("Value"));

        IDataView Map<T>(Dictionary<string, T> map)
            => context.SavedAndLoaded(context.Transforms.Conversion.MapValue("Value", map, "Text").Fit(data)).Transform(data);
    }

    [Fact]
    public void Values_may_be_arrays_and_an_unknown_key_gives_an_empty_vector()
    {
        var data = context.Texts("a", "z");
        var map = new Dictionary<string, string[]> { ["a"] = ["x", "y"], ["b"] = ["z", "w"] };
        var model = context.Transforms.Conversion.MapValue("Value", map, "Text").Fit(data);
        foreach (var m in new[] { model, context.SavedAndLoaded(model) })
        {
            var output = m.Transform(data);
            Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 2), output.Schema["Value"].Type);
            Assert.Equal([["x", "y"], []], output.GetColumn<string[]>("Value"));
        }
        map["c"] = ["odd"];
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance),
            context.Transforms.Conversion.MapValue("Value", map, "Text").Fit(data).Transform(data).Schema["Value"].Type);
        var numbers = new Dictionary<string, float[]> { ["a"] = [1, 2, 3] };
        Assert.Equal([[1f, 2f, 3f], []], context.Transforms.Conversion.MapValue("Value", numbers, "Text").Fit(data).Transform(data)
            .GetColumn<float[]>("Value"));
    }

    [Fact]
    public void Vectors_are_mapped_item_by_item()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["a", "z", "b"] }]);
        var map = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        var output = context.Transforms.Conversion.MapValue("Words", map).Fit(data).Transform(data);
        Assert.Equal([1, 0, 2], output.GetColumn<int[]>("Words").Single());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32), output.Schema["Words"].Type);
        var vectors = context.Transforms.Conversion.MapValue("Words", new Dictionary<string, int[]> { ["a"] = [1] }, "Words");
        Assert.Throws<NotSupportedException>(() => vectors.Fit(data));
        Assert.Throws<NotSupportedException>(() => context.Transforms.CopyColumns("c", "Words").Append(vectors).Fit(data));
    }

    [Fact]
    public void Values_can_be_treated_as_keys_numbered_as_they_occur()
    {
        var data = context.Texts("a", "b", "c", "z");
        var map = new Dictionary<string, string> { ["a"] = "x", ["b"] = "y", ["c"] = "x" };
        var model = context.Transforms.Conversion.MapValue("Value", map, "Text", treatValuesAsKeyType: true).Fit(data);
        foreach (var m in new[] { model, context.SavedAndLoaded(model) })
        {
            var output = m.Transform(data);
            Assert.Equal(new KeyDataViewType(typeof(uint), 2), output.Schema["Value"].Type);
            Assert.Equal([1u, 2u, 1u, 0u], output.GetColumn<uint>("Value"));
            VBuffer<ReadOnlyMemory<char>> names = default;
            Assert.True(output.Schema["Value"].HasKeyValues());
            output.Schema["Value"].GetKeyValues(ref names);
            Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
        }
    }

    public class Entry
    {
        public int Number { get; set; }

        public string Name { get; set; }
    }

    public class NumberRow
    {
        public int Number { get; set; }
    }

    [Fact]
    public void The_map_can_be_a_data_view()
    {
        var table = context.Data.LoadFromEnumerable([new Entry { Number = 1, Name = "one" }, new Entry { Number = 2, Name = "two" }]);
        var data = context.Data.LoadFromEnumerable([new NumberRow { Number = 2 }, new NumberRow { Number = 3 }]);
        var estimator = context.Transforms.Conversion.MapValue("Name", table, table.Schema["Number"], table.Schema["Name"], "Number");
        var model = estimator.Fit(data);
        Assert.Equal(["two", ""], context.SavedAndLoaded(model).Transform(data).Strings("Name"));
        var other = context.Texts("a");
        Assert.Throws<InvalidOperationException>(
            () => context.Transforms.Conversion.MapValue("Name", other, table.Schema["Number"], table.Schema["Name"], "Number"));
    }

    [Fact]
    public void Maps_that_cannot_be_are_refused()
    {
        var data = context.TextsAndNumbers();
        var twice = new[] { KeyValuePair.Create("a", 1), KeyValuePair.Create("a", 2) };
        Assert.Contains("Duplicate keys",
            Assert.Throws<InvalidOperationException>(() => context.Transforms.Conversion.MapValue("Value", twice, "Text")).Message);
        var map = new Dictionary<string, int> { ["a"] = 1 };
        Assert.Contains("'Nothing'",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => context.Transforms.Conversion.MapValue("Value", map, "Nothing").Fit(data)).Message);
        var objects = new Dictionary<string, object> { ["a"] = 1 };
        Assert.Throws<InvalidOperationException>(() => context.Transforms.Conversion.MapValue("Value", objects, "Text"));
        // A column of another type than the keys is found out only when values are asked for.
        var output = context.Transforms.Conversion.MapValue("Value", map, "Number").Fit(data).Transform(data);
        Assert.ThrowsAny<Exception>(() => output.GetColumn<int>("Value").ToList());
    }
}
