using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using RnnLm.Pipelines;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Tests;

/// <summary>The text that carries a model through a model file, and the objects it is decoded to.</summary>
public sealed class PayloadTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void A_payload_of_a_newer_version_is_refused()
        => Assert.Contains(
            "written by a newer version of RnnLm.Transforms: its language model has version 3, and this one reads up to 2",
            Refusal("language model", version: 3), StringComparison.Ordinal);

    [Fact]
    public void A_payload_of_another_kind_is_refused()
        => Assert.Contains("a language model is expected where there is a tokenizer", Refusal("tokenizer", version: 1), StringComparison.Ordinal);

    [Fact]
    public void Settings_that_are_none_are_refused()
        => Assert.Contains(
            "settings of a language model cannot be read",
            Assert.Throws<InvalidDataException>(() => LanguageModelPayload.Read("{", Stream.Null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0, "the number of next words is 0.")]
    [InlineData(2, 0, "NextWordCount is 0")]
    [InlineData(2, 70_000, "NextWordCount is 70,000")]
    [InlineData(0, 5, "the version of its language model is 0; versions count from 1")]
    [InlineData(-1, 5, "the version of its language model is -1; versions count from 1")]
    public void What_no_option_can_be_is_refused_although_its_checksum_is_right(int version, int nextWordCount, string fault)
    {
        var settings = new LanguageModelSettings
        {
            Kind = "language model",
            Version = version,
            Input = InputKind.Text,
            Columns = new LanguageModelColumns { NextWordCount = nextWordCount },
        };
        Assert.Contains(fault, Refusal(settings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, SpecialWords.Unknown)]
    [InlineData(2, SpecialWords.All)]
    public void A_payload_that_says_nothing_of_what_is_excluded_means_what_its_version_meant(int version, SpecialWords excluded)
    {
        var payload = new LanguageModelPayload(Sample.Model("a"), InputKind.Text, new LanguageModelColumns());
        var settings = payload.Settings.Replace("\"exclude\":3,", "", StringComparison.Ordinal).Replace("\"version\":2", $"\"version\":{version}", StringComparison.Ordinal);
        Assert.NotEqual(payload.Settings.Length, settings.Length);
        using var content = new MemoryStream();
        payload.WriteContent(content);
        content.Position = 0;

        var decoded = LanguageModelPayload.Read(settings, content);

        Assert.Equal(excluded, decoded.Columns.Exclude);
    }

    [Fact]
    public void Settings_are_read_that_lack_columns_of_today_and_name_one_of_a_later_version()
    {
        const string Json =
            """
            {"input":"Words","columns":{"inputColumnName":"In","nextWordColumnName":null,"later":"Out","nextWordCount":7},"kind":"language model","version":1}
            """;

        var read = Read(Json);

        Assert.Equal(InputKind.Words, read.Input);
        Assert.Equal("In", read.Columns.InputColumnName);
        Assert.Equal(7, read.Columns.NextWordCount);
        Assert.Empty(read.Columns.Wanted);

        static LanguageModelSettings Read(string json) => JsonSerializer.Deserialize(json, LanguageModelJson.Default.LanguageModelSettings)!;
    }

    [Fact]
    public async Task A_payload_is_decoded_once_however_many_threads_ask_at_the_same_time()
    {
        var pieces = CarriedPayload.Write("{}", _ => { });
        using var together = new Barrier(10);

        var decoded = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return DecodedPayloads.Get<CountedPayload>(pieces[0], [pieces[0].AsMemory()]);
            },
            TaskCreationOptions.LongRunning)));

        Assert.Single(decoded.Distinct());
        Assert.Equal(1, CountedPayload.Decodings);
    }

    [Fact]
    public void Everyone_who_uses_a_loaded_pipeline_shares_one_network()
    {
        var loaded = SavedAndLoaded(Sample.Model("a", "b"), out var data);

        var found = loaded.GetLanguageModel().Model;
        _ = loaded.Transform(data).Column<string>("NextWord");

        Assert.Same(found, loaded.GetLanguageModel().Model);
    }

    [Fact]
    public void A_pipeline_that_is_loaded_twice_has_one_network()
    {
        var data = mlContext.View("a b");
        using var zip = new MemoryStream();
        mlContext.Model.Save(mlContext.LanguageModeling.FromModel(Sample.Model("a", "b")).Fit(data), data.Schema, zip);

        LanguageModel Loaded() => new MLContext().Model.Load(new MemoryStream(zip.ToArray()), out _).GetLanguageModel().Model;

        var first = Loaded();
        Assert.Same(first, Loaded());
    }

    [Fact]
    public void Models_that_differ_in_one_weight_are_two_however_they_are_called()
    {
        LanguageModel Model(float last)
        {
            var weights = Sample.Model("a", "b").Network.Weights;
            weights.OutputBias.Values[^1] = last;
            return new LanguageModel(Tokenizer.Whitespace, Sample.Model("a", "b").Vocabulary, weights);
        }

        Assert.Equal(1f, SavedAndLoaded(Model(1), out _).GetLanguageModel().Model.Network.Weights.OutputBias.Values[^1]);
        Assert.Equal(2f, SavedAndLoaded(Model(2), out _).GetLanguageModel().Model.Network.Weights.OutputBias.Values[^1]);
    }

    [Fact]
    public void A_model_of_several_pieces_comes_back_and_each_piece_is_a_step_of_its_own()
    {
        // Half a million bytes for each thousand words, and 7.8 million in a piece.
        var words = Enumerable.Range(0, 20_000).Select(i => $"w{i}").ToArray();
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words]);
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Elman, VocabularySize = vocabulary.Count, EmbeddingSize = 60, HiddenSize = 60, Layers = 1 });
        new Random(1).NextBytes(MemoryMarshal.AsBytes(weights.Embedding.Values.AsSpan()));
        foreach (ref var value in weights.Embedding.Values.AsSpan()) value = float.IsFinite(value) ? value : 0;
        var model = new LanguageModel(Tokenizer.Whitespace, vocabulary, weights);

        var loaded = SavedAndLoaded(model, out var data);

        Assert.Equal(2, ExpressionsIn(loaded).Count());
        Assert.Equal(model.NextWord("a b"), loaded.Transform(data).Column<string>("NextWord")[0]);
        var found = loaded.GetLanguageModel().Model;
        Assert.Equal(vocabulary, found.Vocabulary);
        Assert.Equal(weights.Embedding.Values, found.Network.Weights.Embedding.Values);

        static IEnumerable<ITransformer> ExpressionsIn(ITransformer transformer)
            => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(ExpressionsIn) : transformer is ExpressionTransformer ? [transformer] : [];
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Whatever_the_culture_is_settings_and_words_of_every_kind_come_back(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            // What an expression would read as its own.
            string[] words = ["\"", "\\", "\\u0022", "'", "\u2028", "\u0085", "\t", "\0", "\ud83d\ude00", "I", "\u0130", "\u3400", "\ub3ff", "=>", "//"];
            var columns = new LanguageModelColumns { NextWordColumnName = "\"a\\b\n\u2029\ud83d\ude00\"" };
            var data = mlContext.View([.. words]);

            var loaded = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Sample.Model(words), columns).Fit(data), data);

            Assert.Equal(["<unk>", "<eos>", .. words], loaded.GetLanguageModel().Model.Vocabulary);
            Assert.Equal(columns.NextWordColumnName, loaded.GetLanguageModel().Columns.NextWordColumnName);
            Assert.Equal(words.Length, loaded.Transform(data).Column<string>(columns.NextWordColumnName).Length);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_was_just_trained_is_not_decoded_again()
    {
        var model = Sample.Model("a", "b");
        var fitted = mlContext.LanguageModeling.FromModel(model).Fit(mlContext.View("a"));

        Assert.Same(model, fitted.Model);
        Assert.Same(model, ((ITransformer)fitted).GetLanguageModel().Model);
    }

    [Fact]
    public void A_quantised_model_is_quantised_still_after_a_pipeline_was_saved_and_loaded()
    {
        var model = Sample.Model("a", "b").Quantize();
        var loaded = SavedAndLoaded(model, out var data);

        Assert.True(loaded.GetLanguageModel().Model.IsQuantized);
        Assert.Equal(model.NextWord("a b"), loaded.Transform(data).Column<string>("NextWord")[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_is_gone_when_its_pipeline_is(bool afterLoad)
    {
        var model = Use(afterLoad, "b");

        // ML.NET's threads may remember the pipeline they worked for last, so others have to follow it, of other models: equal ones are one.
        for (var i = 0; i < 20 && model.IsAlive; i++)
        {
            Use(afterLoad, $"c{i}");
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(model.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(bool afterLoad, string word)
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View("a b");
        ITransformer pipeline = mlContext.LanguageModeling.FromModel(Sample.Model("a", word)).Fit(data);
        if (afterLoad) pipeline = mlContext.SaveAndLoad(pipeline, data);
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, NextWordPrediction>(pipeline);
        engine.Predict(new TextRow { Text = "a" });
        return new WeakReference(pipeline.GetLanguageModel().Model);
    }

    private ITransformer SavedAndLoaded(LanguageModel model, out IDataView data)
    {
        data = mlContext.View("a b", "b");
        return mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model).Fit(data), data);
    }

    private static LanguageModelSettings Settings(string kind, int version)
        => new() { Kind = kind, Version = version, Input = InputKind.Text, Columns = new LanguageModelColumns() };

    private static string Refusal(string kind, int version) => Refusal(Settings(kind, version));

    private static string Refusal(LanguageModelSettings settings)
    {
        var json = JsonSerializer.Serialize(settings, LanguageModelJson.Default.LanguageModelSettings);
        return Assert.Throws<InvalidDataException>(() => LanguageModelPayload.Read(json, Stream.Null)).Message;
    }

    private sealed class CountedPayload : IPayload<CountedPayload>
    {
        private static int decodings;

        public static int Decodings => decodings;

        public string Settings => "{}";

        public void WriteContent(Stream stream)
        {
        }

        public static CountedPayload Read(string settings, Stream content)
        {
            Interlocked.Increment(ref decodings);
            Thread.Yield();
            return new CountedPayload();
        }
    }
}
