using System.IO.Compression;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>The language model of a saved pipeline, read without ML.NET.</summary>
public sealed class ExtractionTests : IDisposable
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly TemporaryFolder folder = new();
    private readonly IDataView data;

    public ExtractionTests() => data = mlContext.View("a b", "c");

    private string Zip => folder.File("pipeline.zip");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(SavedPipelineTests.Names), MemberType = typeof(SavedPipelineTests))]
    public void The_model_of_a_pipeline_saved_earlier_is_the_one_that_MLNET_loads_to_the_last_byte(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "SavedPipelines", $"{name}.zip");
        Assert.Equal(BytesOf(mlContext.Model.Load(path, out _).GetLanguageModel().Model), BytesOf(LanguageModel.LoadFromPipeline(path)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_is_that_of_one_saved_today(bool quantized)
    {
        var model = Sample.Model("a", "b", "c");
        if (quantized) model = model.Quantize();
        Save(mlContext.LanguageModeling.FromModel(model));
        Assert.Equal(BytesOf(model), BytesOf(LanguageModel.LoadFromPipeline(Zip)));
    }

    [Fact]
    public void What_else_is_in_the_pipeline_is_not_read()
    {
        var model = Sample.Model("a", "b", "c");
        var pairs = new[] { KeyValuePair.Create("a", new[] { "{", "b" }) };
        Save(mlContext.LanguageModeling.TokenizeText("Words", "Text")
            .Append(mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words"))
            .Append(mlContext.Transforms.Conversion.MapValue("Mapped", pairs, "Text"))
            .Append(mlContext.Transforms.Expression("Literal", "(x) => \"\u4e2d\u6587\"", "Text"))
            .Append(mlContext.Transforms.CustomMapping<TextRow, Foreign>(static (_, _) => { }, "of an assembly that is not here"))
            .Append(mlContext.LanguageModeling.FromModel(model)));
        Assert.Equal(BytesOf(model), BytesOf(LanguageModel.LoadFromPipeline(Zip)));
    }

    [Fact]
    public void Every_column_of_it_may_be_there()
    {
        var model = Sample.Model("a", "b", "c");
        var columns = new LanguageModelColumns();
        foreach (var column in LanguageModelColumns.Outputs) column.SetName(columns, column.Option);
        Save(mlContext.LanguageModeling.FromModel(model, columns));
        Assert.Equal(BytesOf(model), BytesOf(LanguageModel.LoadFromPipeline(Zip)));
    }

    [Fact]
    public void Of_several_models_one_is_chosen_by_a_column_that_it_makes()
    {
        var (first, second) = (Sample.Model("a", "b"), Sample.Model("a", "b", "c"));
        Save(mlContext.LanguageModeling.FromModel(first, new LanguageModelColumns { NextWordColumnName = "First", PerplexityColumnName = "Both" })
            .Append(mlContext.LanguageModeling.FromModel(second, new LanguageModelColumns { NextWordColumnName = "Second", PerplexityColumnName = "Both" })));

        Assert.Equal(BytesOf(first), BytesOf(LanguageModel.LoadFromPipeline(Zip, "First")));
        Assert.Equal(BytesOf(second), BytesOf(LanguageModel.LoadFromPipeline(Zip, "Second")));
        AssertRefused("There are 2 in it: name a column of the one that is wanted. They make these columns, by the index that LoadFromPipeline takes too: 0: First, Both; 1: Second, Both.");
        AssertRefused("The column \"Both\" is made by 2 of the 2 in it.", "Both");
        AssertRefused("None in it makes the column \"Text\".", "Text");
        Assert.Equal(BytesOf(second), BytesOf(LanguageModel.LoadFromPipeline(Zip, "Both", index: 1)));
        Assert.Contains(
            "The one with the index 0 does not make the column \"Second\".",
            Assert.Throws<ModelFormatException>(() => LanguageModel.LoadFromPipeline(Zip, "Second", index: 0)).Message);
    }

    [Fact]
    public void Of_several_models_one_is_chosen_by_its_place_in_the_order_in_which_they_run()
    {
        LanguageModel[] models = [.. Enumerable.Range(1, 12).Select(words => Sample.Model([.. Enumerable.Range(0, words).Select(word => $"w{word}")]))];
        // In chains within the chain too, and each with the same column.
        IEstimator<ITransformer> Step(int model) => mlContext.LanguageModeling.FromModel(models[model]);
        var chain = Step(0).Append(Step(1).Append(Step(2))).Append(Step(3));
        IEstimator<ITransformer> pipeline = chain;
        for (var model = 4; model < models.Length; model++) pipeline = pipeline.Append(Step(model));
        Save(pipeline);

        var found = mlContext.Model.Load(Zip, out _).GetLanguageModels();
        Assert.Equal(models.Length, found.Count);
        for (var index = 0; index < models.Length; index++)
        {
            Assert.Equal(BytesOf(models[index]), BytesOf(LanguageModel.LoadFromPipeline(Zip, index: index)));
            Assert.Equal(BytesOf(found[index].Model), BytesOf(LanguageModel.LoadFromPipeline(Zip, index: index)));
        }
        AssertRefused("There are 12 in it: no column tells them apart. They make these columns, by the index that LoadFromPipeline takes too: 0: NextWord; 1: NextWord");
        AssertRefused("The column \"NextWord\" is made by 12 of the 12 in it.", "NextWord");
        Assert.Contains(
            "There is none with the index 12 in it; the number of them is 12, counted from 0.",
            Assert.Throws<ModelFormatException>(() => LanguageModel.LoadFromPipeline(Zip, index: models.Length)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => LanguageModel.LoadFromPipeline(Zip, index: -1));
    }

    [Fact]
    public void A_pipeline_without_a_model_is_refused()
    {
        Save(mlContext.LanguageModeling.TokenizeText("Words", "Text").Append(mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words")));
        AssertRefused("There is none in it");
    }

    [Fact]
    public void What_is_no_pipeline_is_refused()
    {
        File.WriteAllText(Zip, "PK, but no zip archive");
        AssertRefused("");
        File.WriteAllText(Zip, "");
        AssertRefused("It is no pipeline that ML.NET saved, which is a zip archive.");
        Sample.Model("a").Save(Zip);
        AssertRefused("It is no pipeline that ML.NET saved, which is a zip archive.");
        File.Delete(Zip);
        using (var archive = ZipFile.Open(Zip, ZipArchiveMode.Create)) archive.CreateEntry("word/document.xml");
        AssertRefused("There is none in it");
        Assert.Throws<FileNotFoundException>(() => LanguageModel.LoadFromPipeline(folder.File("missing.zip")));
    }

    [Theory]
    [InlineData("today")]
    [InlineData("next-word")]
    public void A_pipeline_that_was_cut_or_altered_anywhere_is_refused_or_gives_the_same_model(string name)
    {
        if (name == "today") Save(mlContext.LanguageModeling.FromModel(Sample.Model("a", "b", "c")));
        else File.Copy(Path.Combine(AppContext.BaseDirectory, "SavedPipelines", $"{name}.zip"), Zip);
        var (whole, expected) = (File.ReadAllBytes(Zip), BytesOf(LanguageModel.LoadFromPipeline(Zip)));
        var refused = 0;
        for (var place = 0; place < whole.Length; place += 23)
        {
            var altered = (byte[])whole.Clone();
            altered[place] ^= 0x24;
            foreach (var file in (byte[][])[whole[..place], altered])
            {
                File.WriteAllBytes(Zip, file);
                try
                {
                    Assert.Equal(expected, BytesOf(LanguageModel.LoadFromPipeline(Zip)));
                }
                catch (ModelFormatException)
                {
                    refused++;
                }
            }
        }
        Assert.InRange(refused, whole.Length / 23, int.MaxValue);
    }

    private void Save(IEstimator<ITransformer> pipeline) => mlContext.Model.Save(pipeline.Fit(data), data.Schema, Zip);

    private void AssertRefused(string reason, string? column = null)
    {
        var message = Assert.Throws<ModelFormatException>(() => LanguageModel.LoadFromPipeline(Zip, column)).Message;
        Assert.StartsWith($"No language model can be taken out of \"{Zip}\". {reason}", message, StringComparison.Ordinal);
    }

    private static byte[] BytesOf(LanguageModel model)
    {
        using var bytes = new MemoryStream();
        model.Save(bytes);
        return bytes.ToArray();
    }

    private sealed class Foreign
    {
        public float Foreigner { get; set; }
    }
}
