namespace RnnLm.StandIns.MicrosoftML.Tests;

public class PredictionEngineTests
{
    private readonly MLContext context = new(1);

    public class Output
    {
        public string Text { get; set; }

        public int Length { get; set; }

        public string Missing { get; set; } = "untouched";
    }

    private ITransformer Model() => context.Transforms.CustomMapping<TextRow, LengthRow>((s, t) => t.Length = s.Text.Length, null)
        .Fit(context.Texts("a"));

    [Fact]
    public void An_engine_predicts_one_row_at_a_time()
    {
        using var engine = context.Model.CreatePredictionEngine<TextRow, Output>(Model());
        var prediction = engine.Predict(new TextRow { Text = "abc" });
        Assert.Equal(("abc", 3, "untouched"), (prediction.Text, prediction.Length, prediction.Missing));
        Assert.Equal(5, engine.Predict(new TextRow { Text = "abcde" }).Length);
        Assert.Equal(0, engine.Predict(new TextRow()).Length);
        Assert.Equal(["Text", "Length"], engine.OutputSchema.Names());

        var reused = new Output();
        engine.Predict(new TextRow { Text = "ab" }, ref reused);
        Assert.Equal(2, reused.Length);
        Output none = null;
        engine.Predict(new TextRow { Text = "ab" }, ref none);
        Assert.Equal(2, none.Length);
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null));
    }

    [Fact]
    public void Missing_columns_are_an_error_where_that_is_asked_for()
    {
        Assert.Contains("'Missing'", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Model.CreatePredictionEngine<TextRow, Output>(Model(), ignoreMissingColumns: false)).Message);
        Assert.Contains("'Text'", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Model.CreatePredictionEngine<LengthRow, Output>(Model())).Message);
        Assert.Throws<ArgumentNullException>(() => context.Model.CreatePredictionEngine<TextRow, Output>(null));
    }

    [Fact]
    public void Definitions_and_options_say_what_is_read_and_written()
    {
        var input = SchemaDefinition.Create(typeof(Output), SchemaDefinition.Direction.Read);
        input.RemoveAll(c => c.MemberName == "Length");
        var target = SchemaDefinition.Create(typeof(Output), SchemaDefinition.Direction.Write);
        target["Missing"].ColumnName = "Copy";
        target.Remove(target["Text"]);
        var model = context.Transforms.CopyColumns("Copy", "Text").Append((IEstimator<ITransformer>)context.Transforms
            .CustomMapping<TextRow, LengthRow>((s, t) => t.Length = s.Text.Length, null)).Fit(context.Texts("a"));
        var engine = context.Model.CreatePredictionEngine<Output, Output>(model, false, input, target);
        var prediction = engine.Predict(new Output { Text = "abc" });
        Assert.Equal((null, 3, "abc"), (prediction.Text, prediction.Length, prediction.Missing));
        var options = new PredictionEngineOptions { InputSchemaDefinition = input, OutputSchemaDefinition = target };
        Assert.True(options.IgnoreMissingColumns && options.OwnsTransformer);
        engine = context.Model.CreatePredictionEngine<Output, Output>(model, options);
        Assert.Equal("abc", engine.Predict(new Output { Text = "abc" }).Missing);
    }

    [Fact]
    public void An_engine_can_be_made_for_the_schema_that_was_saved()
    {
        var data = context.Texts("a");
        var engine = context.Model.CreatePredictionEngine<TextRow, LengthRow>(Model(), data.Schema);
        Assert.Equal(3, engine.Predict(new TextRow { Text = "abc" }).Length);
    }

    [Fact]
    public void Many_engines_share_one_transformer_among_threads()
    {
        var model = Model();
        var results = Enumerable.Range(0, 10).AsParallel().WithDegreeOfParallelism(10).Select(_ =>
        {
            var engine = new MLContext().Model.CreatePredictionEngine<TextRow, LengthRow>(model);
            return Enumerable.Range(0, 100).All(i => engine.Predict(new TextRow { Text = new string('x', i) }).Length == i);
        });
        Assert.All(results, Assert.True);
    }

    private sealed class Disposable(ITransformer inner) : ITransformer, IDisposable
    {
        public bool Disposed { get; private set; }

        public bool IsRowToRowMapper { get; init; } = true;

        public void Dispose() => Disposed = true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public IDataView Transform(IDataView input) => inner.Transform(input);
    }

    [Fact]
    public void An_engine_disposes_of_the_transformer_it_owns()
    {
        var owned = new Disposable(Model());
        context.Model.CreatePredictionEngine<TextRow, LengthRow>(owned).Dispose();
        Assert.True(owned.Disposed);
        var inChain = new Disposable(Model());
        var chain = new TransformerChain<ITransformer>(inChain);
        context.Model.CreatePredictionEngine<TextRow, LengthRow>(chain, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
        Assert.False(inChain.Disposed);
        chain.Dispose();
        Assert.True(inChain.Disposed);
    }

    [Fact]
    public void What_does_not_map_rows_to_rows_cannot_predict()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Model.CreatePredictionEngine<TextRow, LengthRow>(new Disposable(Model()) { IsRowToRowMapper = false }));
        Assert.Contains("Must be a row to row mapper", error.Message);
        var chain = new TransformerChain<ITransformer>(new Disposable(Model()) { IsRowToRowMapper = false });
        Assert.False(((ITransformer)chain).IsRowToRowMapper);
        Assert.Throws<InvalidOperationException>(() => ((ITransformer)chain).GetRowToRowMapper(context.Texts("a").Schema));
    }

    [Fact]
    public void Hidden_columns_do_not_reach_a_prediction()
    {
        var model = context.Transforms.CustomMapping<TextRow, TextRow>((s, t) => t.Text = s.Text + "!", null).Fit(context.Texts("a"));
        Assert.Equal("hi!", context.Model.CreatePredictionEngine<TextRow, TextRow>(model).Predict(new TextRow { Text = "hi" }).Text);
    }
}
