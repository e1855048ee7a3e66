using System.Collections.Immutable;

namespace RnnLm.StandIns.MicrosoftML.Tests;

public class SchemaTests
{
    [Fact]
    public void Of_columns_with_one_name_the_last_is_meant_and_the_others_are_hidden()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("a", TextDataViewType.Instance);
        builder.AddColumn("b", NumberDataViewType.Int32);
        builder.AddColumn("a", NumberDataViewType.Single);
        var schema = builder.ToSchema();

        Assert.Equal(3, schema.Count);
        Assert.Equal(2, schema["a"].Index);
        Assert.True(schema[0].IsHidden);
        Assert.False(schema[2].IsHidden);
        Assert.Null(schema.GetColumnOrNull("c"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema["c"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[3]);
        Assert.Throws<ArgumentNullException>(() => schema[""]);
        Assert.Equal("3 columns", schema.ToString());
        Assert.Equal("b: Int32", schema[1].ToString());
    }

    [Fact]
    public void Annotations_are_found_by_kind_and_checked_by_type()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Answer", NumberDataViewType.Int32, 42);
        annotations.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(2, ["x".AsMemory(), "y".AsMemory()]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("v", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        var column = builder.ToSchema()["v"];

        var answer = 0;
        column.Annotations.GetValue("Answer", ref answer);
        Assert.Equal(42, answer);
        Assert.True(column.HasSlotNames());
        Assert.False(column.HasKeyValues());
        Assert.False(column.IsNormalized());
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
        Assert.Equal("v: Vector<Single, 2> {Answer, SlotNames}", column.ToString());
        var wrong = 0f;
        Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("Answer", ref wrong));
        Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("Nothing", ref answer));
    }

    [Fact]
    public void Types_say_what_they_are()
    {
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("Key<UInt32, 0-4>", new KeyDataViewType(typeof(uint), 5).ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<Single, 3>", new VectorDataViewType(NumberDataViewType.Single, 3).ToString());
        Assert.Equal("Vector<Single, 3, *>", new VectorDataViewType(NumberDataViewType.Single, 3, 0).ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("DateTime", DateTimeDataViewType.Instance.ToString());
    }

    [Fact]
    public void Types_are_equal_by_what_they_mean()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 5), new KeyDataViewType(typeof(uint), 5UL));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 5), new KeyDataViewType(typeof(byte), 5));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2, 3),
            new VectorDataViewType(NumberDataViewType.Single, ImmutableArray.Create(2, 3)));
        Assert.NotEqual(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.Equal(6, new VectorDataViewType(NumberDataViewType.Single, 2, 3).Size);
        Assert.False(new VectorDataViewType(NumberDataViewType.Single).IsKnownSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
    }

    private class Marked
    {
        [ColumnName("renamed")]
        public string Plain { get; set; }

        [KeyType(7)]
        public uint Key { get; set; }

        [VectorType(3)]
        public float[] Three { get; set; }

        [VectorType]
        public float[] Any { get; set; }

        public VBuffer<int> Buffer = default;

        [NoColumn]
        public object Ignored { get; set; }

        public double ReadOnly => 1;
    }

    [Fact]
    public void A_schema_definition_follows_the_attributes_of_a_class()
    {
        var definition = SchemaDefinition.Create(typeof(Marked));

        Assert.Equal("Plain", definition["renamed"].MemberName);
        Assert.Equal(TextDataViewType.Instance, definition["renamed"].ColumnType);
        Assert.Equal(new KeyDataViewType(typeof(uint), 7), definition["Key"].ColumnType);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), definition["Three"].ColumnType);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), definition["Any"].ColumnType);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32), definition["Buffer"].ColumnType);
        Assert.Null(definition["Ignored"]);
        Assert.NotNull(definition["ReadOnly"]);
        Assert.Null(SchemaDefinition.Create(typeof(Marked), SchemaDefinition.Direction.Write)["ReadOnly"]);
        Assert.Equal("Buffer", definition[0].ColumnName);
    }

    private class WithObject
    {
        public object Anything { get; set; }
    }

    private class WithTwice
    {
        [ColumnName("a")]
        public string First { get; set; }

        [ColumnName("a")]
        public string Second { get; set; }
    }

    private class WithWrongKey
    {
        [KeyType(4)]
        public string Key { get; set; }
    }

    [Fact]
    public void A_class_that_cannot_be_a_row_is_refused()
    {
        Assert.Contains("Anything", Assert.Throws<ArgumentOutOfRangeException>(() => SchemaDefinition.Create(typeof(WithObject))).Message);
        Assert.Contains("Duplicate column name 'a'",
            Assert.Throws<ArgumentOutOfRangeException>(() => SchemaDefinition.Create(typeof(WithTwice))).Message);
        Assert.Contains("KeyType", Assert.Throws<ArgumentOutOfRangeException>(() => SchemaDefinition.Create(typeof(WithWrongKey))).Message);
    }
}
