namespace RnnLm.StandIns.MicrosoftML.Tests;

public class EnumerableTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void A_null_string_is_empty_text()
    {
        var data = context.Texts("a", null, "");
        Assert.Equal(["a", "", ""], data.Strings("Text"));
    }

    private class AllKinds
    {
        public bool Flag { get; set; }

        public byte Byte;
        public short Short;
        public long Long;
        public double Double;
        public DateTime Time;
        public TimeSpan Span;
        public ReadOnlyMemory<char> Memory;
        public string[] Words { get; set; }

        public float[] Numbers { get; set; }

        public VBuffer<int> Buffer { get; set; }
    }

    [Fact]
    public void Members_of_all_kinds_come_back_as_they_went_in()
    {
        var row = new AllKinds
        {
            Flag = true,
            Byte = 3,
            Short = -4,
            Long = long.MaxValue,
            Double = 0.5,
            Time = new DateTime(2020, 2, 3),
            Span = TimeSpan.FromSeconds(5),
            Memory = "abc".AsMemory(1),
            Words = ["x", null, "z"],
            Numbers = [1, 2],
            Buffer = new VBuffer<int>(4, 1, [9], [2]),
        };
        var data = context.Data.LoadFromEnumerable(new[] { row });
        var back = context.Data.CreateEnumerable<AllKinds>(data, reuseRowObject: false).Single();

        Assert.True(back.Flag);
        Assert.Equal((3, -4, long.MaxValue, 0.5), ((int)back.Byte, (int)back.Short, back.Long, back.Double));
        Assert.Equal((row.Time, row.Span), (back.Time, back.Span));
        Assert.Equal("bc", back.Memory.ToString());
        Assert.Equal(["x", "", "z"], back.Words);
        Assert.Equal([1, 2], back.Numbers);
        Assert.Equal([0, 0, 9, 0], back.Buffer.DenseValues());
    }

    [Fact]
    public void A_missing_array_is_an_empty_vector()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow(), new WordsRow { Words = ["a"] }]);
        Assert.Equal([0, 1], data.GetColumn<string[]>("Words").Select(w => w.Length));
    }

    [Fact]
    public void An_empty_vector_leaves_an_array_that_is_null_as_it_is()
    {
        var data = context.Data.LoadFromEnumerable(new[] { "", "a", "" }.Select(w => new WordsRow { Words = w == "" ? [] : [w] }).ToList());
        Assert.Equal([null, 1, null], context.Data.CreateEnumerable<WordsRow>(data, reuseRowObject: false).Select(r => r.Words?.Length));
        Assert.Equal([null, 1, 0], context.Data.CreateEnumerable<WordsRow>(data, reuseRowObject: true).Select(r => r.Words?.Length));
    }

    [Fact]
    public void A_null_row_is_an_error_when_it_is_reached()
    {
        var data = context.Data.LoadFromEnumerable(new List<TextRow> { new() { Text = "a" }, null });
        using var cursor = data.GetRowCursor(data.Schema);
        Assert.True(cursor.MoveNext());
        Assert.Contains("null", Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message);
    }

    [Fact]
    public void The_rows_are_enumerated_anew_by_each_cursor_and_not_before()
    {
        var times = 0;
        IEnumerable<TextRow> Source()
        {
            times++;
            yield return new() { Text = "a" };
        }
        var data = context.Data.LoadFromEnumerable(Source());
        Assert.Equal(0, times);
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
        Assert.Single(data.Strings("Text"));
        Assert.Single(data.Strings("Text"));
        Assert.Equal(2, times);
        Assert.Equal(3, context.Texts("a", "b", "c").GetRowCount());
    }

    [Fact]
    public void One_object_serves_for_all_rows_where_that_is_asked_for()
    {
        var data = context.Texts("a", "b");
        Assert.Single(context.Data.CreateEnumerable<TextRow>(data, reuseRowObject: true).ToHashSet());
        Assert.Equal(2, context.Data.CreateEnumerable<TextRow>(data, reuseRowObject: false).ToHashSet().Count);
    }

    [Fact]
    public void Missing_columns_are_an_error_or_ignored()
    {
        var data = context.Texts("a");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.CreateEnumerable<TextAndNumber>(data, false).ToList());
        Assert.Contains("'Number'", error.Message);
        Assert.Contains("Could not find", error.Message);
        Assert.Equal(0, context.Data.CreateEnumerable<TextAndNumber>(data, false, ignoreMissingColumns: true).Single().Number);
    }

    private class TextAsNumber
    {
        public int Text { get; set; }
    }

    [Fact]
    public void A_member_of_another_type_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => context.Data.CreateEnumerable<TextAsNumber>(context.Texts("a"), false).ToList());
        Assert.Contains("Can't bind the IDataView column 'Text' of type 'String' to field or property 'Text' of type 'System.Int32'",
            error.Message);
    }

    private class KeyRow
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    [Fact]
    public void Keys_are_counted_from_zero_in_a_class_and_from_one_in_a_data_view()
    {
        var data = context.Data.LoadFromEnumerable(new uint[] { 0, 2, 3 }.Select(k => new KeyRow { Key = k }));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), data.Schema["Key"].Type);
        Assert.Equal([1u, 3u, 0u], data.GetColumn<uint>("Key"));
        Assert.Equal([1u, 3u, 0u], context.Data.CreateEnumerable<KeyRow>(data, false).Select(r => r.Key));
    }

    [Fact]
    public void A_schema_definition_renames_and_retypes_columns_and_annotates_them()
    {
        var definition = SchemaDefinition.Create(typeof(TextAndNumber));
        definition["Text"].ColumnName = "Words";
        definition.Remove(definition["Number"]);
        definition["Words"].AddAnnotation("Note", "hello", TextDataViewType.Instance);
        var data = context.Data.LoadFromEnumerable([new TextAndNumber { Text = "a" }], definition);

        Assert.Equal(["Words"], data.Schema.Names());
        ReadOnlyMemory<char> note = default;
        data.Schema["Words"].Annotations.GetValue("Note", ref note);
        Assert.Equal("hello", note.ToString());
        Assert.Equal(["a"], data.Strings("Words"));
    }

    [Fact]
    public void A_schema_definition_that_does_not_fit_is_refused()
    {
        var definition = SchemaDefinition.Create(typeof(TextAndNumber));
        definition["Number"].ColumnType = NumberDataViewType.Double;
        var rows = new List<TextAndNumber>();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(rows, definition));
        Assert.Contains("Column 'Number' is supposed to have item type System.Double, but associated field has type System.Single",
            error.Message);
        definition["Number"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        Assert.Contains("vector",
            Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(rows, definition)).Message);
    }

    [Fact]
    public void Data_can_be_loaded_by_an_existing_schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Words", new VectorDataViewType(TextDataViewType.Instance, 2));
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["a", "b"] }], builder.ToSchema());
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 2), data.Schema["Words"].Type);

        builder.AddColumn("Other", TextDataViewType.Instance);
        Assert.Contains("Other", Assert.Throws<InvalidOperationException>(
            () => context.Data.LoadFromEnumerable(new List<WordsRow>(), builder.ToSchema())).Message);
    }

    [Fact]
    public void A_column_can_be_taken_as_memory_string_array_or_buffer()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["a", "b"] }]);
        Assert.Equal(["a", "b"], data.GetColumn<string[]>("Words").Single());
        Assert.Equal("b", data.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Words").Single().GetItemOrDefault(1).ToString());
        Assert.Equal("b", data.GetColumn<ReadOnlyMemory<char>[]>("Words").Single()[1].ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<string>("Words"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float[]>("Words"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<string>("Nothing"));
    }

    private class Base
    {
        public string Inherited { get; set; }
    }

    private sealed class Derived : Base
    {
        public readonly int Fixed = 3;
        private string Hidden { get; set; } = "no";

        public override string ToString() => Hidden;
    }

    [Fact]
    public void Inherited_and_read_only_members_are_columns_and_private_ones_are_not()
    {
        var data = context.Data.LoadFromEnumerable([new Derived { Inherited = "x" }]);
        Assert.Equal(["Fixed", "Inherited"], data.Schema.Names().Order());
        Assert.Equal([3], data.GetColumn<int>("Fixed"));
        Assert.Equal(["x"], data.Strings("Inherited"));
    }
}
