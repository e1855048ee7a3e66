using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Pipelines;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Tests;

/// <summary>Pipelines that an earlier state saved; <c>SavedPipelines/README.md</c> says which, and what is written of each.</summary>
public sealed class SavedPipelineTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "SavedPipelines");

    /// <summary>The registers that kernels run in here, by the names that results have for them.</summary>
    private static readonly string Registers = !(Fma.IsSupported || AdvSimd.IsSupported) ? "unfused"
        : Vector512.IsHardwareAccelerated ? "512"
        : Vector256.IsHardwareAccelerated ? "256"
        : "128";

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Names
        => [.. Directory.GetFiles(Folder, "*.zip").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_saved_earlier_predicts_the_same(string name)
        => AssertColumns(Record(name), Load(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_saved_earlier_may_be_saved_again(string name)
        => AssertColumns(Record(name), mlContext.SaveAndLoad(Load(name), mlContext.View("")));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_made_anew_of_the_model_in_it_has_the_same_settings_and_predicts_the_same(string name)
    {
        var earlier = Load(name);
        var found = earlier.GetLanguageModel();
        var columns = found.Columns;
        var texts = View(Record(name)["texts"]!);
        var data = earlier.Transform(texts);

        var anew = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(found.Model, columns).Fit(data), data);

        AssertHolds(SettingsIn(earlier, texts), SettingsIn(anew, data));
        var again = anew.Transform(data);
        Assert.All(columns.Wanted, output => Assert.Equal(data.ElementsOf(output.NameIn(columns)!), again.ElementsOf(output.NameIn(columns)!)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_language_model_is_found_in_it_with_its_columns(string name)
    {
        var contents = Record(name)["contents"]!;

        var found = Load(name).GetLanguageModel();

        Assert.Equal((string?)contents["inputColumn"], found.Columns.InputColumnName);
        Assert.Equal((int)contents["nextWordCount"]!, found.Columns.NextWordCount);
        Assert.Equal((bool)contents["quantized"]!, found.Model.IsQuantized);
        Assert.Equal(Strings(contents["vocabulary"]!), found.Model.Vocabulary);
        Assert.Equal(
            contents["tokenizer"]!.AsObject().Select(setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal),
            found.Model.Tokenizer.Settings.Select(setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_measured_as_it_was(string name)
    {
        var record = Record(name);
        var results = record["results"]!;
        var pipeline = Load(name);
        var lines = mlContext.View([.. Strings(record["lines"]!)]);

        AssertMetrics(results["evaluate"]!, mlContext.LanguageModeling.Evaluate(pipeline, lines), IsQuantized(record));
        AssertMetrics(results["evaluateWithEmptyRows"]!, mlContext.LanguageModeling.Evaluate(pipeline, lines, skipEmptyRows: false), IsQuantized(record));
        AssertMetrics(results["evaluateRowsApart"]!, mlContext.LanguageModeling.EvaluateRowsApart(pipeline, lines), IsQuantized(record));
    }

    [Theory]
    [InlineData("from-adaptive")]
    [InlineData("from-quantized")]
    [InlineData("from-adaptive-quantized")]
    public void A_pipeline_whose_model_is_carried_as_literals_predicts_the_same(string name)
        => AssertResults(Record(name), Load(Path.Combine("Literals", name)));

    private void AssertColumns(JsonNode record, ITransformer pipeline)
    {
        var transformed = AssertResults(record, pipeline);
        Assert.Equal(
            Strings(record["contents"]!["outputSchema"]!),
            transformed.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}"));
    }

    private IDataView AssertResults(JsonNode record, ITransformer pipeline)
    {
        var transformed = pipeline.Transform(View(record["texts"]!));
        foreach (var (column, rows) in record["results"]!["columns"]!.AsObject())
        {
            var actual = transformed.ElementsOf(column);
            var expected = rows!.AsArray().Select(row => ElementsOf(row!, transformed.Schema[column].Type)).ToArray();
            if (ItemOf(transformed.Schema[column].Type).RawType != typeof(float)) Assert.Equal(expected, actual);
            else if (IsQuantized(record)) AssertNear(expected, actual);
            else AssertBits(expected, actual);
        }
        return transformed;
    }

    /// <summary>Every setting of earlier has the same name and value; there may be others, and the version that knows them is another.</summary>
    private static void AssertHolds(JsonObject earlier, JsonObject anew) => Assert.All(earlier.Where(setting => setting.Key != "version"), setting =>
    {
        Assert.True(anew.TryGetPropertyValue(setting.Key, out var value));
        if (setting.Value is JsonObject inner) AssertHolds(inner, value!.AsObject());
        else Assert.Equal(setting.Value?.ToJsonString(), value?.ToJsonString());
    });

    /// <summary>The settings of the last language model in a loaded pipeline, as they stand in the file.</summary>
    private static JsonObject SettingsIn(ITransformer pipeline, IDataView data)
    {
        var settings = "";
        foreach (var step in StepsOf(pipeline))
        {
            data = step.Transform(data);
            if (data.Schema.GetColumnOrNull(PrivateColumns.Payload) is not null) settings = CarriedPayload.Read([.. data.Column<string[]>(PrivateColumns.Payload)[0].Select(piece => piece.AsMemory())]).Settings;
        }
        return JsonNode.Parse(settings)!.AsObject();

        static IEnumerable<ITransformer> StepsOf(ITransformer transformer)
            => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(StepsOf) : [transformer];
    }

    private static DataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>What stands in a record for a row of a column.</summary>
    private static string[] ElementsOf(JsonNode row, DataViewType type)
    {
        row = Here(row);
        return row is JsonArray elements ? Strings(elements)
            : ItemOf(type) is KeyDataViewType ? row.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [row.ToString()];
    }

    /// <summary>Whether the model has 8-bit weights: of these the integers are what they were, but vectors are rounded to other multiples than in that state of the library.</summary>
    private static bool IsQuantized(JsonNode record) => (bool)record["contents"]!["quantized"]!;

    private static void AssertNear(string[][] expected, string[][] actual)
    {
        Assert.Equal(expected.Select(row => row.Length), actual.Select(row => row.Length));
        Assert.All(
            expected.SelectMany(row => row).Zip(actual.SelectMany(row => row)),
            pair => Assert.Equal(Number(pair.First), Number(pair.Second), 0.03f * Math.Max(1, Math.Abs(Number(pair.First)))));

        static float Number(string bits) => BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>Another C library may round the last bit in another way.</summary>
    private static void AssertBits(string[][] expected, string[][] actual)
    {
        if (OperatingSystem.IsLinux()) Assert.Equal(expected, actual);
        Assert.Equal(expected.Select(row => row.Length), actual.Select(row => row.Length));
        Assert.All(
            expected.SelectMany(row => row).Zip(actual.SelectMany(row => row)),
            pair => Assert.InRange(Number(pair.Second) - Number(pair.First), -1, 1));

        static long Number(string bits) => long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>Metrics are sums of many words, and their last bits depend on how the words are divided into blocks.</summary>
    private static void AssertMetrics(JsonNode expected, LanguageModelMetrics actual, bool isQuantized)
    {
        var tolerance = isQuantized ? 1e-2 : 1e-7;
        Assert.Equal((long)expected["words"]!, actual.Words);
        Assert.Equal((long)expected["unknown"]!, actual.Unknown);
        Assert.Equal(Number("accuracyAt1"), actual.AccuracyAt1);
        Assert.Equal(Number("accuracyAt5"), actual.AccuracyAt5);
        Assert.Equal(Number("crossEntropy"), actual.CrossEntropy, tolerance);
        Assert.Equal(Number("perplexity"), actual.Perplexity, tolerance * actual.Perplexity);

        double Number(string name)
            => BitConverter.Int64BitsToDouble(long.Parse(Here(expected[name]!).ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>The value for the registers here, where it is not one for all.</summary>
    private static JsonNode Here(JsonNode value)
        => value is JsonObject byRegisters ? byRegisters.Single(member => member.Key.Split(' ').Contains(Registers)).Value! : value;

    private static string[] Strings(JsonNode array) => [.. array.AsArray().Select(element => Here(element!).ToString())];

    private IDataView View(JsonNode texts) => mlContext.View([.. Strings(texts), null]);

    private ITransformer Load(string name) => mlContext.Model.Load(Path.Combine(Folder, $"{name}.zip"), out _);

    private static JsonNode Record(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!;
}
