namespace RnnLm.StandIns.MicrosoftML.Tests;

public class ChainTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void A_chain_applies_its_transformers_in_order()
    {
        var data = context.TextsAndNumbers();
        var pipeline = context.Transforms.CopyColumns("a", "Text").Append(context.Transforms.CopyColumns("b", "a"));
        var model = pipeline.Fit(data);
        Assert.Equal(["Text", "Number", "a", "b"], model.Transform(data).Schema.Names());
        Assert.Equal(["Text", "Number", "a", "b"], model.GetOutputSchema(data.Schema).Names());
        Assert.Equal(2, model.Count());
        Assert.IsType<ColumnCopyingTransformer>(model.LastTransformer);
        Assert.Same(model.Last(), model.LastTransformer);
        Assert.NotNull(pipeline.LastEstimator);
        Assert.True(((ITransformer)model).IsRowToRowMapper);
    }

    [Fact]
    public void Appending_leaves_the_chain_that_was_there_as_it_was()
    {
        var data = context.TextsAndNumbers();
        var start = new EstimatorChain<ITransformer>();
        var one = start.Append(context.Transforms.CopyColumns("a", "Text"));
        one.Append(context.Transforms.CopyColumns("b", "Text"));
        Assert.Equal(["Text", "Number", "a"], one.Fit(data).Transform(data).Schema.Names());
        var empty = start.Fit(data);
        Assert.Null(empty.LastTransformer);
        Assert.Equal(2, empty.Transform(data).Schema.Count);
    }

    [Fact]
    public void A_chain_within_a_chain_is_one_link()
    {
        var data = context.TextsAndNumbers();
        var inner = context.Transforms.CopyColumns("a", "Text").Append(context.Transforms.CopyColumns("b", "a"));
        var outer = context.Transforms.CopyColumns("z", "Text").Append(inner).Append(context.Transforms.DropColumns("a"));
        var model = outer.Fit(data);
        Assert.Equal(3, model.Count());
        Assert.IsType<TransformerChain<ColumnCopyingTransformer>>(model.ElementAt(1));
        Assert.Equal(["Text", "Number", "z", "b"], model.Transform(data).Schema.Names());
    }

    [Fact]
    public void Scopes_say_for_what_a_link_is_used()
    {
        var data = context.TextsAndNumbers();
        var pipeline = context.Transforms.CopyColumns("a", "Text")
            .Append(context.Transforms.CopyColumns("b", "Text"), TransformerScope.TrainTest)
            .Append(context.Transforms.CopyColumns("c", "Text"));
        var model = pipeline.Fit(data);
        Assert.Equal(["Text", "Number", "a", "c"], model.Transform(data).Schema.Names());
        Assert.Equal(["Text", "Number", "a", "b", "c"], model.Transform(data, TransformerScope.Training).Schema.Names());
        Assert.Equal(2, model.GetModelFor(TransformerScope.Scoring).Count());
    }

    [Fact]
    public void Transformers_can_be_chained_by_hand()
    {
        var data = context.TextsAndNumbers();
        ITransformer one = context.Transforms.CopyColumns("a", "Text").Fit(data);
        var two = context.Transforms.CopyColumns("b", "a").Fit(one.Transform(data));
        var chain = one.Append(two);
        Assert.Equal(["t0", "t1", "t2"], chain.Transform(data).Strings("b"));
        Assert.Equal(3, chain.Append(context.Transforms.DropColumns("b").Fit(chain.Transform(data))).Count());
        Assert.Equal(2, new TransformerChain<ITransformer>(one, two).Count());
        Assert.Empty(new TransformerChain<ITransformer>());
    }

    [Fact]
    public void A_cache_checkpoint_reads_the_data_before_it_once()
    {
        var reads = 0;
        var data = context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i =>
        {
            reads++;
            return new TextRow { Text = $"t{i}" };
        }));
        var fitted = 0;
        var pipeline = context.Transforms.CopyColumns("a", "Text").AppendCacheCheckpoint(context)
            .Append(new ReadingEstimator(rows => fitted += rows)).Append(new ReadingEstimator(rows => fitted += rows));
        pipeline.Fit(data);
        Assert.Equal(6, fitted);
        Assert.Equal(3, reads);
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(context));
    }

    [Fact]
    public void Somebody_can_be_shown_the_fitted_transformer()
    {
        ColumnCopyingTransformer shown = null;
        var pipeline = context.Transforms.CopyColumns("a", "Text").WithOnFitDelegate(t => shown = t)
            .Append(context.Transforms.CopyColumns("b", "a"));
        var model = pipeline.Fit(context.Texts("x"));
        Assert.Same(model.First(), shown);
    }

    [Fact]
    public void Schema_errors_are_found_before_anything_is_fitted()
    {
        var fitted = 0;
        var pipeline = context.Transforms.CopyColumns("a", "Text").Append(new ReadingEstimator(_ => fitted++))
            .Append(context.Transforms.CopyColumns("b", "Nothing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(context.Texts("x")));
        Assert.Equal(0, fitted);
    }

    [Fact]
    public void The_shape_of_a_schema_tells_kinds_and_annotations()
    {
        var shown = new List<SchemaShape>();
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["a"] }]);
        new EstimatorChain<ITransformer>().Append(new ReadingEstimator(_ => { }, shown.Add)).Fit(data);
        var column = Assert.Single(shown[0]);
        Assert.Equal("Words", column.Name);
        Assert.Equal(SchemaShape.Column.VectorKind.VariableVector, column.Kind);
        Assert.Equal(TextDataViewType.Instance, column.ItemType);
        Assert.False(column.IsKey);
        Assert.Empty(column.Annotations);
        Assert.Single(new SchemaShape(shown[0]));
    }

    [Fact]
    public void Columns_that_are_not_active_are_not_computed()
    {
        var computed = 0;
        var data = context.TextsAndNumbers();
        var pipeline = context.Transforms.CustomMapping<TextRow, LengthRow>((s, t) =>
            {
                Interlocked.Increment(ref computed);
                t.Length = s.Text.Length;
            }, null)
            .Append(context.Transforms.CopyColumns("Copy", "Length"));
        var output = pipeline.Fit(data).Transform(data);
        Assert.Equal(0, computed);
        output.Strings("Text");
        Assert.Equal(0, computed);
        Assert.Equal([2, 2, 2], output.GetColumn<int>("Copy"));
        Assert.Equal(3, computed);
    }

    [Fact]
    public void A_row_mapper_maps_a_single_row()
    {
        var data = context.TextsAndNumbers();
        ITransformer model = context.Transforms.CopyColumns("a", "Text").Append(context.Transforms.CopyColumns("b", "a"))
            .Append(context.Transforms.DropColumns("a")).Fit(data);
        var mapper = model.GetRowToRowMapper(data.Schema);
        Assert.Equal(["Text", "Number", "b"], mapper.OutputSchema.Names());
        Assert.Equal(["Text"], mapper.GetDependencies([mapper.OutputSchema["b"]]).Select(c => c.Name));
        using var cursor = data.GetRowCursor([data.Schema["Text"]]);
        var row = mapper.GetRow(cursor, [mapper.OutputSchema["b"]]);
        var get = row.GetGetter<ReadOnlyMemory<char>>(mapper.OutputSchema["b"]);
        ReadOnlyMemory<char> value = default;
        cursor.MoveNext();
        cursor.MoveNext();
        get(ref value);
        Assert.Equal("t1", value.ToString());
        Assert.Equal(1, row.Position);
    }

    private sealed class ReadingEstimator(Action<int> onFit, Action<SchemaShape> onSchema = null) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            using var cursor = input.GetRowCursor(input.Schema);
            var rows = 0;
            while (cursor.MoveNext())
                rows++;
            onFit(rows);
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            onSchema?.Invoke(inputSchema);
            return inputSchema;
        }
    }
}
