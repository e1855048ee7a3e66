using System.IO.Compression;
using System.Reflection;

namespace RnnLm.StandIns.MicrosoftML.Tests;

public class PersistenceTests
{
    public const string Doubling = "RnnLm.StandIns.Tests.Doubling.1";
    public const string Counting = "RnnLm.StandIns.Tests.Counting.1";
    public const string NoFactory = "RnnLm.StandIns.Tests.NoFactory.1";

    private readonly MLContext context = new(1);

    [CustomMappingFactoryAttribute(Doubling)]
    public class DoublingFactory : CustomMappingFactory<TextRow, LengthRow>
    {
        public static void Map(TextRow source, LengthRow target) => target.Length = 2 * source.Text.Length;

        public override Action<TextRow, LengthRow> GetMapping() => Map;
    }

    [CustomMappingFactoryAttribute(Counting)]
    internal class CountingFactory : StatefulCustomMappingFactory<TextRow, CustomMappingTests.Numbered, CustomMappingTests.Counter>
    {
        public static void Map(TextRow source, CustomMappingTests.Numbered target, CustomMappingTests.Counter state)
            => target.Number = ++state.Count;

        public static void Start(CustomMappingTests.Counter state) => state.Count = 100;

        public override Action<TextRow, CustomMappingTests.Numbered, CustomMappingTests.Counter> GetMapping() => Map;

        public override Action<CustomMappingTests.Counter> GetStateInitAction() => Start;
    }

    [CustomMappingFactoryAttribute(NoFactory)]
    public class NotAFactory
    {
    }

    [Fact]
    public void Custom_mappings_are_found_by_contract_without_registration()
    {
        var data = context.Texts("a", "bcd");
        var model = context.Transforms.CustomMapping<TextRow, LengthRow>(DoublingFactory.Map, Doubling)
            .Append(context.Transforms.StatefulCustomMapping<TextRow, CustomMappingTests.Numbered, CustomMappingTests.Counter>(
                CountingFactory.Map, CountingFactory.Start, Counting)).Fit(data);
        var loaded = context.SavedAndLoaded(model, data.Schema);
        var rows = context.Data.CreateEnumerable<BothMappings>(loaded.Transform(data), reuseRowObject: false).ToList();
        Assert.Equal([(2, 101), (6, 102)], rows.Select(r => (r.Length, r.Number)));
        var chain = Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.IsType<CustomMappingTransformer<TextRow, LengthRow>>(chain.First());
    }

    public class BothMappings
    {
        public int Length { get; set; }

        public int Number { get; set; }
    }

    [Fact]
    public void A_transformer_that_is_no_chain_is_loaded_as_what_it_was()
    {
        var data = context.Texts("a");
        var model = context.Transforms.CustomMapping<TextRow, LengthRow>(DoublingFactory.Map, Doubling).Fit(data);
        Assert.IsType<CustomMappingTransformer<TextRow, LengthRow>>(context.SavedAndLoaded(model));
    }

    [Fact]
    public void A_mapping_without_contract_cannot_be_saved()
    {
        var data = context.Texts("a");
        var model = context.Transforms.CustomMapping<TextRow, LengthRow>(DoublingFactory.Map, null).Fit(data);
        Assert.Contains("Empty contract name", Assert.Throws<InvalidOperationException>(() => context.SavedAndLoaded(model)).Message);
    }

    private static string Messages(Exception error)
        => error is null ? "" : $"{error.GetType().Name}: {error.Message}\n{Messages(error.InnerException)}";

    [Theory]
    [InlineData("RnnLm.StandIns.Tests.Unknown", "Unable to locate an extension for the contract 'RnnLm.StandIns.Tests.Unknown'")]
    [InlineData(NoFactory, "must derive from")]
    public void A_contract_that_nobody_fulfils_is_an_error_on_loading(string contract, string message)
    {
        var data = context.Texts("a");
        ITransformer model = context.Transforms.CustomMapping<TextRow, LengthRow>(DoublingFactory.Map, contract).Fit(data);
        var error = Assert.Throws<InvalidOperationException>(() => context.SavedAndLoaded(model));
        Assert.Equal("Error during class instantiation", error.Message);
        Assert.IsType<TargetInvocationException>(error.InnerException);
        Assert.Contains(message, Messages(error));
        var inChain = Assert.Throws<InvalidOperationException>(() => context.SavedAndLoaded(new TransformerChain<ITransformer>(model)));
        Assert.Contains(message, Messages(inChain));
    }

    [Fact]
    public void Registering_an_assembly_twice_is_no_error()
    {
        context.ComponentCatalog.RegisterAssembly(typeof(PersistenceTests).Assembly);
        context.ComponentCatalog.RegisterAssembly(typeof(PersistenceTests).Assembly);
    }

    [Fact]
    public void The_input_schema_is_saved_with_types_and_annotations()
    {
        var definition = SchemaDefinition.Create(typeof(TextAndNumber));
        definition["Text"].AddAnnotation("Note", "hello", TextDataViewType.Instance);
        definition["Number"].AddAnnotation("Names", new[] { "x", "y" }, new VectorDataViewType(TextDataViewType.Instance, 2));
        var data = context.Data.LoadFromEnumerable(new List<TextAndNumber>(), definition);
        var stream = new MemoryStream();
        context.Model.Save(context.Transforms.CopyColumns("Text", "Number").Fit(data), data.Schema, stream);
        stream.Position = 0;
        context.Model.Load(stream, out var schema);

        Assert.Equal(["Text", "Number"], schema.Names());
        Assert.Equal(NumberDataViewType.Single, schema["Number"].Type);
        ReadOnlyMemory<char> note = default;
        schema["Text"].Annotations.GetValue("Note", ref note);
        Assert.Equal("hello", note.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Number"].Annotations.GetValue("Names", ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
    }

    [Fact]
    public void Without_a_schema_none_is_loaded()
    {
        var stream = new MemoryStream();
        context.Model.Save(context.Transforms.CopyColumns("Copy", "Text").Fit(context.Texts("a")), null, stream);
        stream.Position = 0;
        Assert.NotNull(context.Model.Load(stream, out var schema));
        Assert.Null(schema);
        stream.Position = 0; // the stream is left open
    }

    [Fact]
    public void Models_are_saved_to_files_over_what_is_there()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string('x', 100_000));
            var data = context.Texts("a");
            context.Model.Save(context.Transforms.CopyColumns("Copy", "Text").Fit(data), data.Schema, path);
            var loaded = new MLContext().Model.Load(path, out _);
            Assert.Equal(["a"], loaded.Transform(data).Strings("Copy"));
            using var zip = ZipFile.OpenRead(path);
            Assert.NotEmpty(zip.Entries);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Paths_that_cannot_be_used_are_reported_by_the_file_system()
    {
        var data = context.Texts("a");
        var model = context.Transforms.CopyColumns("Copy", "Text").Fit(data);
        var nowhere = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "model.zip");
        Assert.Throws<DirectoryNotFoundException>(() => context.Model.Save(model, data.Schema, nowhere));
        Assert.Throws<DirectoryNotFoundException>(() => context.Model.Load(nowhere, out _));
        Assert.Throws<FileNotFoundException>(() => context.Model.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), out _));
        Assert.Throws<UnauthorizedAccessException>(() => context.Model.Save(model, data.Schema, Path.GetTempPath()));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Model.Load("", out _));
        Assert.Throws<ArgumentNullException>(() => context.Model.Load((Stream)null, out _));
    }

    [Fact]
    public void What_is_no_zip_is_a_format_error()
    {
        Assert.Throws<FormatException>(() => context.Model.Load(new MemoryStream([1, 2, 3]), out _));
        Assert.Throws<FormatException>(() => context.Model.Load(new MemoryStream(), out _));
    }

    [Fact]
    public void A_model_that_is_cut_short_is_a_format_error()
    {
        var data = context.Texts("a");
        var stream = new MemoryStream();
        context.Model.Save(context.Transforms.CopyColumns("Copy", "Text").Fit(data), data.Schema, stream);
        foreach (var part in new[] { 0.1, 0.5, 0.9 })
        {
            var cut = stream.ToArray()[..(int)(stream.Length * part)];
            Assert.Throws<FormatException>(() => context.Model.Load(new MemoryStream(cut), out _));
        }
    }

    [Fact]
    public void A_zip_without_a_model_is_an_error()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("readme.txt");
        stream.Position = 0;
        Assert.Contains("legacy", Assert.Throws<InvalidOperationException>(() => context.Model.Load(stream, out _)).Message);
    }

    private sealed class Foreign(ITransformer inner, bool saves) : ITransformer
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public void Save(ModelSaveContext ctx)
        {
            if (saves)
                inner.Save(ctx);
        }
    }

    [Fact]
    public void A_foreign_transformer_that_saves_nothing_fails_the_whole_model()
    {
        var data = context.Texts("a");
        var inner = context.Transforms.CopyColumns("Copy", "Text").Fit(data);
        var model = new TransformerChain<ITransformer>(new Foreign(inner, saves: false));
        var error = Assert.Throws<InvalidOperationException>(() => context.Model.Save(model, data.Schema, new MemoryStream()));
        Assert.Contains("ModelSignature not specified!", error.Message);
    }

    [Fact]
    public void A_foreign_transformer_may_save_itself_as_a_chain_of_others()
    {
        var data = context.Texts("a");
        var inner = context.Transforms.CopyColumns("Copy", "Text").Append(context.Transforms.CopyColumns("Again", "Copy")).Fit(data);
        var model = new TransformerChain<ITransformer>(
            new Foreign(inner, saves: true), context.Transforms.DropColumns("Copy").Fit(inner.Transform(data)));
        var loaded = context.SavedAndLoaded(model, data.Schema);
        Assert.Equal(["Text", "Again"], loaded.Transform(data).Schema.Names());
        Assert.IsType<TransformerChain<ITransformer>>(((TransformerChain<ITransformer>)loaded).First());
        Assert.Equal("a", context.Model.CreatePredictionEngine<TextRow, AgainRow>(loaded).Predict(new TextRow { Text = "a" }).Again);
    }

    public class AgainRow
    {
        public string Again { get; set; }
    }

    [Fact]
    public void Megabytes_of_text_travel_in_a_value_map_and_are_handed_out_by_reference()
    {
        const int slots = 8, length = 1_000_000;
        var payload = Enumerable.Range(0, slots).Select(i => new string((char)('a' + i), length)).ToArray();
        var data = context.Data.LoadFromEnumerable([new KeyRow { Key = 0 }, new KeyRow { Key = 0 }]);
        var model = context.Transforms.Conversion.MapValue("Payload", [KeyValuePair.Create(1u, payload)], "Key").Fit(data);
        var loaded = context.SavedAndLoaded(model, data.Schema);
        var output = loaded.Transform(data);
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, slots), output.Schema["Payload"].Type);
        using var cursor = output.GetRowCursor([output.Schema["Payload"]]);
        var get = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(output.Schema["Payload"]);
        VBuffer<ReadOnlyMemory<char>> first = default, second = default;
        Assert.True(cursor.MoveNext());
        get(ref first);
        Assert.True(cursor.MoveNext());
        get(ref second);
        for (var i = 0; i < slots; i++)
        {
            Assert.True(payload[i].AsSpan().SequenceEqual(first.GetItemOrDefault(i).Span));
            Assert.True(first.GetItemOrDefault(i).Equals(second.GetItemOrDefault(i)));
        }
    }

    public class KeyRow
    {
        [KeyType(1)]
        public uint Key { get; set; }
    }
}
