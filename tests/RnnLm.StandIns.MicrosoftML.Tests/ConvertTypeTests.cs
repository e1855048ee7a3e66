namespace RnnLm.StandIns.MicrosoftML.Tests;

public class ConvertTypeTests
{
    private readonly MLContext context = new(1);

    private IDataView Convert(IDataView data, string column, DataKind kind)
    {
        var model = context.Transforms.Conversion.ConvertType("Out", column, kind).Fit(data);
        return context.SavedAndLoaded(model).Transform(data);
    }

    [Fact]
    public void Text_is_read_as_numbers()
    {
        var data = context.Texts("1", "2.5 ", "", "x", "-3e2", "Infinity", " 2.5", " 2", "  ");
        Assert.Equal([1f, 2.5f, 0f, float.NaN, -300f, float.PositiveInfinity, float.NaN, 2f, 0f],
            Convert(data, "Text", DataKind.Single).GetColumn<float>("Out"));
        Assert.Equal([1.0, 2.5, 0, double.NaN, -300, double.PositiveInfinity, double.NaN, 2, 0],
            Convert(data, "Text", DataKind.Double).GetColumn<double>("Out"));
        Assert.Equal([12, 0, -7], Convert(context.Texts("12", "", "-7"), "Text", DataKind.Int32).GetColumn<int>("Out"));
        Assert.ThrowsAny<Exception>(() => Convert(context.Texts("12.5"), "Text", DataKind.Int32).GetColumn<int>("Out").ToList());
        Assert.Equal([12u, 0u, 0u, 0u],
            Convert(context.Texts("12", "", "-7", "4294967296"), "Text", DataKind.UInt32).GetColumn<uint>("Out"));
        Assert.Equal([true, true, false, false, false],
            Convert(context.Texts("yes", "1", "", "no", "what"), "Text", DataKind.Boolean).GetColumn<bool>("Out"));
    }

    [Fact]
    public void Numbers_become_text_truth_and_other_numbers()
    {
        var data = context.TextsAndNumbers();
        Assert.Equal(["0", "1", "2"], Convert(data, "Number", DataKind.String).Strings("Out"));
        Assert.Equal([false, true, true], Convert(data, "Number", DataKind.Boolean).GetColumn<bool>("Out"));
        Assert.Equal([0.0, 1, 2], Convert(data, "Number", DataKind.Double).GetColumn<double>("Out"));
        var lengths = context.Data.LoadFromEnumerable([new LengthRow { Length = 300 }, new LengthRow { Length = -1 }]);
        Assert.Equal([300f, -1f], Convert(lengths, "Length", DataKind.Single).GetColumn<float>("Out"));
        Assert.Equal([300L, -1L], Convert(lengths, "Length", DataKind.Int64).GetColumn<long>("Out"));
        Assert.Equal([(sbyte)44, (sbyte)-1], Convert(lengths, "Length", DataKind.SByte).GetColumn<sbyte>("Out"));
        Assert.Equal(["300", "-1"], Convert(lengths, "Length", DataKind.String).Strings("Out"));
    }

    [Fact]
    public void Vectors_are_converted_item_by_item()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["1", "2"] }]);
        var output = Convert(data, "Words", DataKind.Single);
        Assert.Equal([1f, 2f], output.GetColumn<float[]>("Out").Single());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), output.Schema["Out"].Type);
    }

    [Fact]
    public void Keys_stay_keys_with_their_values()
    {
        var data = context.Texts("a", "b");
        var keys = context.Transforms.Conversion.MapValueToKey("Text").Fit(data).Transform(data);
        var output = Convert(keys, "Text", DataKind.Byte);
        Assert.Equal(new KeyDataViewType(typeof(byte), 2), output.Schema["Out"].Type);
        Assert.True(output.Schema["Out"].HasKeyValues());
        Assert.Equal([(byte)1, (byte)2], output.GetColumn<byte>("Out"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Convert(keys, "Text", DataKind.Single));
    }

    [Fact]
    public void What_cannot_be_converted_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Convert(context.TextsAndNumbers(), "Number", DataKind.Int32));
        Assert.Throws<ArgumentOutOfRangeException>(() => Convert(context.TextsAndNumbers(), "Nothing", DataKind.Int32));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.CopyColumns("c", "Text")
            .Append(context.Transforms.Conversion.ConvertType("Number", outputKind: DataKind.Int32)).Fit(context.TextsAndNumbers()));
        Assert.Equal([0f, 1f, 2f], context.Transforms.Conversion.ConvertType([new("Out", "Number")]).Fit(context.TextsAndNumbers())
            .Transform(context.TextsAndNumbers()).GetColumn<float>("Out"));
    }

    [Fact]
    public void Truth_becomes_a_normalized_number()
    {
        var data = Convert(context.TextsAndNumbers(), "Number", DataKind.Boolean);
        var output = context.Transforms.Conversion.ConvertType("Number", "Out").Fit(data).Transform(data);
        Assert.Equal([0f, 1f, 1f], output.GetColumn<float>("Number"));
        Assert.True(output.Schema["Number"].IsNormalized());
    }
}
