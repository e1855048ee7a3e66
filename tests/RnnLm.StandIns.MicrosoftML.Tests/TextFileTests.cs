namespace RnnLm.StandIns.MicrosoftML.Tests;

public sealed class TextFileTests : IDisposable
{
    private readonly MLContext context = new(1);
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    private string File_with(string content)
    {
        File.WriteAllText(path, content);
        return path;
    }

    public class Line
    {
        [LoadColumn(0)]
        public string Text { get; set; }
    }

    public class Entry
    {
        [LoadColumn(1)]
        [ColumnName("Words")]
        public string Text { get; set; }

        [LoadColumn(0)]
        public int Number;

        [LoadColumn(2, 3)]
        public float[] Pair { get; set; }
    }

    [Fact]
    public void Lines_are_rows_and_empty_lines_and_comments_are_none()
    {
        var data = context.Data.LoadFromTextFile<Line>(File_with("# first\n\nthe cat  \n  sat\r\n// no\n# on\n/\n\nthe mat\tnot this"));
        Assert.Equal(["the cat  ", "sat", "# on", "/", "the mat"], data.Strings("Text"));
        Assert.Equal(["the cat  ", "sat", "# on", "/", "the mat"], data.Strings("Text"));
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void Columns_are_read_by_type_and_options_name_slots_by_the_header()
    {
        var data = context.Data.LoadFromTextFile<Entry>(File_with("n,t,x,y\n1,one,0.5,2\n2,,?,\n3"), separatorChar: ',', hasHeader: true);
        Assert.Equal(["Number", "Pair", "Words"], data.Schema.Names().Order());
        var rows = context.Data.CreateEnumerable<Row>(data, false).ToArray();
        Assert.Equal([1, 2, 3], rows.Select(r => r.Number));
        Assert.Equal(["one", "", ""], rows.Select(r => r.Words));
        Assert.Equal([[0.5f, 2f], [float.NaN, 0f], [0f, 0f]], rows.Select(r => r.Pair));
        Assert.False(data.Schema["Pair"].HasSlotNames());
        var options = new TextLoader.Options { Columns = [new("Pair", DataKind.Single, 2, 3)], Separators = [','], HasHeader = true };
        data = context.Data.LoadFromTextFile(path, options);
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Pair"].GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
    }

    public class Row
    {
        public int Number { get; set; }

        public string Words { get; set; }

        public float[] Pair { get; set; }
    }

    [Fact]
    public void Quotes_keep_separators_within_a_field()
    {
        var columns = new TextLoader.Column[] { new("A", DataKind.String, 0), new("B", DataKind.String, 1) };
        var file = File_with("\"a,b\",\"say \"\"hi\"\"\"\n x , y \n\"open,z\n\"a\"b,c\nplain \"q\",\"\"");
        var data = context.Data.LoadFromTextFile(file, columns, ',', allowQuoting: true);
        Assert.Equal(["a,b", "x ", "", "", "plain \"q\""], data.Strings("A"));
        Assert.Equal(["say \"hi\"", "y ", "", "c", ""], data.Strings("B"));
        var plain = context.Data.LoadFromTextFile(file, columns, ',');
        Assert.Equal("\"a", plain.Strings("A")[0]);
        var trimmed = context.Data.LoadFromTextFile(file, columns, ',', trimWhitespace: true);
        Assert.Equal(["x ", "y"], new[] { trimmed.Strings("A")[1], trimmed.Strings("B")[1] });
    }

    [Fact]
    public void Options_say_the_rest()
    {
        var options = new TextLoader.Options
        {
            Columns = [new("A", DataKind.String, 0), new("V", DataKind.Int32, 1, 2)],
            Separators = [';', '|'],
            AllowQuoting = true,
            ReadMultilines = true,
            MaxRows = 2,
        };
        var data = context.Data.LoadFromTextFile(File_with("\"two\nlines\";1|2\nx|3;4\ny;5;6"), options);
        Assert.Equal(["two\nlines", "x"], data.Strings("A"));
        Assert.Equal([[1, 2], [3, 4]], data.GetColumn<int[]>("V"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32, 2), data.Schema["V"].Type);
        options.Separators = [' '];
        options.Columns = [new("A", DataKind.String, 1), new("K", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(3))];
        var keys = context.Data.LoadFromTextFile(File_with("0 zero\n2 two"), options);
        Assert.Equal([1u, 3u], keys.GetColumn<uint>("K"));
        Assert.Equal(["zero", "two"], keys.Strings("A"));
    }

    [Fact]
    public void What_cannot_be_read_is_reported()
    {
        Assert.Contains("does not exist", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Data.LoadFromTextFile<Line>(path + ".nowhere")).Message);
        Assert.Contains("LoadColumnAttribute", Assert.Throws<InvalidOperationException>(
            () => context.Data.LoadFromTextFile<TextRow>(path)).Message);
        var columns = new TextLoader.Column[] { new("N", DataKind.Int32, 0) };
        var error = Assert.Throws<FormatException>(
            () => context.Data.LoadFromTextFile(File_with("1\nx"), columns).GetColumn<int>("N").ToList());
        Assert.Contains("Could not parse value x in line 2, column N", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Column("N", DataKind.Int32, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Range(3, 2));
        Assert.Throws<ArgumentNullException>(() => new TextLoader.Column(null, DataKind.Int32, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(path, columns, '5').Schema);
    }

    [Fact]
    public void Text_files_go_through_pipelines()
    {
        var data = context.Data.LoadFromTextFile<Line>(File_with("The Cat\nsat"));
        var pipeline = context.Transforms.Text.NormalizeText("Text").Append(context.Transforms.Text.TokenizeIntoWords("Words", "Text"));
        Assert.Equal([["the", "cat"], ["sat"]], pipeline.Fit(data).Transform(data).GetColumn<string[]>("Words"));
    }

    [Fact]
    public void Real_numbers_that_are_missing_can_be_told_from_zero()
    {
        var options = new TextLoader.Options
        {
            Columns = [new("A", DataKind.Single, 0), new("B", DataKind.Single, 1)],
            Separators = [','],
            MissingRealsAsNaNs = true,
        };
        var data = context.Data.LoadFromTextFile(File_with("1,\n2\n,3"), options);
        Assert.Equal([1f, 2f, float.NaN], data.GetColumn<float>("A"));
        Assert.Equal([float.NaN, float.NaN, 3f], data.GetColumn<float>("B"));
    }
}
