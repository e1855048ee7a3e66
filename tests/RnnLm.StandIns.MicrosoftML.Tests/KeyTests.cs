namespace RnnLm.StandIns.MicrosoftML.Tests;

public class KeyTests
{
    private readonly MLContext context = new(1);

    private static string[] KeyNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    [Fact]
    public void Values_get_keys_in_the_order_in_which_they_occur()
    {
        var data = context.Texts("b", "a", "", "b", "c");
        var model = context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data);
        foreach (var m in new ITransformer[] { model, context.SavedAndLoaded(model) })
        {
            var output = m.Transform(data);
            Assert.Equal(new KeyDataViewType(typeof(uint), 3), output.Schema["Key"].Type);
            Assert.Equal([1u, 2u, 0u, 1u, 3u], output.GetColumn<uint>("Key"));
            Assert.True(output.Schema["Key"].HasKeyValues());
            Assert.Equal(["b", "a", "c"], KeyNames(output.Schema["Key"]));
            Assert.Equal([0u, 2u], m.Transform(context.Texts("unknown", "a")).GetColumn<uint>("Key"));
        }
    }

    [Fact]
    public void Keys_can_be_ordered_by_value_and_limited_in_number()
    {
        var data = context.Texts("b", "a", "Z", "c", "b");
        var sorted = context.Transforms.Conversion.MapValueToKey("Key", "Text",
            keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        Assert.Equal(["Z", "a", "b", "c"], KeyNames(sorted.Schema["Key"]));
        Assert.Equal([3u, 2u, 1u, 4u, 3u], sorted.GetColumn<uint>("Key"));
        var limited = context.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 2).Fit(data).Transform(data);
        Assert.Equal(["b", "a"], KeyNames(limited.Schema["Key"]));
        Assert.Equal([1u, 2u, 0u, 0u, 1u], limited.GetColumn<uint>("Key"));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 0).Fit(data));
    }

    [Fact]
    public void Numbers_can_be_values_with_their_text_as_annotation()
    {
        var data = context.Data.LoadFromEnumerable(
            new[] { 2f, 0.5f, float.NaN, 2f }.Select(n => new TextAndNumber { Number = n }).ToList());
        var plain = context.Transforms.Conversion.MapValueToKey("Key", "Number").Fit(data).Transform(data);
        Assert.Equal([1u, 2u, 0u, 1u], plain.GetColumn<uint>("Key"));
        Assert.False(plain.Schema["Key"].HasKeyValues());
        Assert.True(plain.Schema["Key"].HasKeyValues(NumberDataViewType.Single));
        VBuffer<float> values = default;
        plain.Schema["Key"].GetKeyValues(ref values);
        Assert.Equal([2f, 0.5f], values.DenseValues());
        var model = context.Transforms.Conversion.MapValueToKey("Key", "Number", addKeyValueAnnotationsAsText: true,
            keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data);
        Assert.Equal(["0.5", "2"], KeyNames(context.SavedAndLoaded(model).Transform(data).Schema["Key"]));
    }

    [Fact]
    public void Vectors_of_words_become_vectors_of_keys_and_back()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["the", "cat", "the"] }, new WordsRow { Words = [] }]);
        var pipeline = context.Transforms.Conversion.MapValueToKey("Keys", "Words")
            .Append(context.Transforms.Conversion.MapKeyToValue("Back", "Keys"));
        var model = pipeline.Fit(data);
        var output = context.SavedAndLoaded(model).Transform(data);
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(uint), 2)), output.Schema["Keys"].Type);
        Assert.Equal([[1u, 2u, 1u], []], output.GetColumn<uint[]>("Keys"));
        Assert.Equal([["the", "cat", "the"], []], output.GetColumn<string[]>("Back"));
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), output.Schema["Back"].Type);
    }

    public class BackRow
    {
        public string[] Back { get; set; }
    }

    [Theory]
    [InlineData("a z", true)]
    [InlineData("z z", false)]
    [InlineData("z z z z z a", false)]
    [InlineData("z z z z a a", false)]
    [InlineData("a a a z z z", true)]
    [InlineData("z a a", true)]
    [InlineData("z", false)]
    [InlineData("a", true)]
    [InlineData("a z z z", false)]
    [InlineData("a a z z z", true)]
    public void Keys_of_mostly_unknown_words_are_a_sparse_vector(string words, bool isDense)
    {
        var train = context.Data.LoadFromEnumerable([new WordsRow { Words = ["a"] }]);
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = words.Split(' ') }]);
        var model = context.Transforms.Conversion.MapValueToKey("Keys", "Words")
            .Append(context.Transforms.Conversion.MapKeyToValue("Back", "Keys")).Fit(train);
        var keys = model.Transform(data).GetColumn<VBuffer<uint>>("Keys").Single();
        Assert.Equal(words.Split(' ').Select(w => w == "a" ? 1u : 0u), keys.DenseValues());
        var rows = context.Data.CreateEnumerable<BackRow>(model.Transform(data), reuseRowObject: false);
        Assert.Equal(words.Split(' ').Select(w => w == "a" ? "a" : ""), rows.Single().Back);
        // What a sparse vector leaves out is null in an array of strings.
        var strings = model.Transform(data).GetColumn<string[]>("Back").Single();
        Assert.Equal(words.Split(' ').Select(w => w == "a" ? "a" : keys.IsDense ? "" : null), strings);
        Assert.Equal(isDense, keys.IsDense);
    }

    [Fact]
    public void Keys_may_come_from_a_list_of_their_own()
    {
        var data = context.Texts("a", "b", "c");
        var list = context.Texts("c", "b");
        var output = context.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: list).Fit(data).Transform(data);
        Assert.Equal([0u, 2u, 1u], output.GetColumn<uint>("Key"));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: context.TextsAndNumbers()));
        var numbers = context.Transforms.SelectColumns("Number").Fit(context.TextsAndNumbers()).Transform(context.TextsAndNumbers());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: numbers).Fit(data));
    }

    [Fact]
    public void Several_columns_are_mapped_at_once()
    {
        var data = context.TextsAndNumbers();
        var model = context.Transforms.Conversion.MapValueToKey([new("K1", "Text"), new("Number")])
            .Append(context.Transforms.Conversion.MapKeyToValue([new("Back", "K1"), new("Number")])).Fit(data);
        var output = context.SavedAndLoaded(model).Transform(data);
        Assert.Equal(["t0", "t1", "t2"], output.Strings("Back"));
        Assert.Equal([0f, 1f, 2f], output.GetColumn<float>("Number"));
        Assert.Equal("b", new InputOutputColumnPair("a", "b").InputColumnName);
        Assert.Equal("a", new InputOutputColumnPair("a").InputColumnName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputOutputColumnPair(""));
    }

    [Fact]
    public void Without_values_there_is_one_key_and_no_annotation()
    {
        var data = context.Texts("");
        var output = context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        Assert.Equal(new KeyDataViewType(typeof(uint), 1), output.Schema["Key"].Type);
        Assert.False(output.Schema["Key"].HasKeyValues());
    }

    public class KeyRow
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    [Fact]
    public void Keys_that_a_class_gives_are_named_by_an_annotation_of_its_definition()
    {
        var definition = SchemaDefinition.Create(typeof(KeyRow));
        definition["Key"].AddAnnotation("KeyValues", new[] { "x", "y", "z" }, new VectorDataViewType(TextDataViewType.Instance, 3));
        var data = context.Data.LoadFromEnumerable([new KeyRow { Key = 2 }, new KeyRow { Key = 9 }], definition);
        Assert.Equal(["z", ""], context.Transforms.Conversion.MapKeyToValue("Name", "Key").Fit(data).Transform(data).Strings("Name"));
        var again = context.Transforms.Conversion.MapValueToKey("Again", "Key").Fit(data).Transform(data);
        Assert.Equal([1u, 0u], again.GetColumn<uint>("Again"));
        Assert.Equal(["z"], KeyNames(again.Schema["Again"]));
    }

    [Fact]
    public void What_is_no_key_with_values_cannot_be_mapped_back()
    {
        var data = context.TextsAndNumbers();
        var numbers = context.Transforms.Conversion.MapKeyToValue("Back", "Number");
        Assert.Throws<InvalidOperationException>(() => numbers.Fit(data));
        Assert.Contains("expected KeyType, got Single", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.CopyColumns("c", "Text").Append(numbers).Fit(data)).Message);
        var bare = context.Data.LoadFromEnumerable([new KeyRow()]);
        Assert.Contains("doesn't contain key values metadata", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.CopyColumns("c", "Key").Append(context.Transforms.Conversion.MapKeyToValue("Back", "Key"))
                .Fit(bare)).Message);
        Assert.Throws<InvalidOperationException>(() => context.Transforms.Conversion.MapKeyToValue("Back", "Key").Fit(bare));
    }

    [Fact]
    public void A_map_over_another_type_is_refused()
    {
        var model = context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(context.Texts("a"));
        var other = context.Transforms.CopyColumns("Text", "Number").Fit(context.TextsAndNumbers()).Transform(context.TextsAndNumbers());
        Assert.Contains("Could not apply a map over type 'String'",
            Assert.Throws<InvalidOperationException>(() => model.Transform(other)).Message);
    }
}
