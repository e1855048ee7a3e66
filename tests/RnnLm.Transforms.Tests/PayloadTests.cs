using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Tests;

/// <summary>The text that carries a model through a model file, and the objects it is decoded to.</summary>
public sealed class PayloadTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Base64Slots.BytesInSlot)]
    [InlineData((2 * Base64Slots.BytesInSlot) + 5)]
    public void Bytes_come_back_from_their_slots(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        var slots = Base64Slots.Encode(bytes).ToArray();

        Assert.Equal(bytes, Base64Slots.Decode([.. slots.Select(slot => slot.AsMemory())]));
        Assert.All(slots, slot => Assert.InRange(slot.Length, 1, 1 << 20));
    }

    [Fact]
    public void A_payload_of_a_newer_version_is_refused()
        => Assert.Contains(
            "written by a newer version of RnnLm.Transforms: its language model has version 3, and this one reads up to 2",
            Refusal(PayloadSettings.Write(Settings("language model", version: 3), LanguageModelJson.Default.LanguageModelSettings)), StringComparison.Ordinal);

    [Fact]
    public void A_payload_of_another_kind_is_refused()
        => Assert.Contains(
            "a language model is expected where there is a tokenizer",
            Refusal(PayloadSettings.Write(Settings("tokenizer", version: 1), LanguageModelJson.Default.LanguageModelSettings)), StringComparison.Ordinal);

    [Fact]
    public void A_payload_that_was_altered_or_cut_short_is_refused()
    {
        var slots = new LanguageModelPayload(Sample.Model("a"), InputKind.Text, new LanguageModelColumns { NextWordCount = 7 }).Encode();

        Assert.Contains("settings of a language model cannot be read", Refusal([slots[0].Replace("7", "8", StringComparison.Ordinal), .. slots[1..]]), StringComparison.Ordinal);
        Assert.Contains("settings of a language model cannot be read", Refusal([slots[0][..^5], .. slots[1..]]), StringComparison.Ordinal);
        Assert.Contains("settings of a language model cannot be read", Refusal([slots[0]]), StringComparison.Ordinal);
        Assert.Contains("is not base64", Refusal([.. slots[..2], "%" + slots[2][1..]]), StringComparison.Ordinal);
        Assert.Throws<ModelFormatException>(() => Decode([.. slots[..2], slots[2][..(slots[2].Length / 8 * 4)]]));
        Assert.Throws<ModelFormatException>(() => Decode(slots[..2]));
    }

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
        Assert.Contains(fault, Refusal(PayloadSettings.Write(settings, LanguageModelJson.Default.LanguageModelSettings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, SpecialWords.Unknown)]
    [InlineData(2, SpecialWords.All)]
    public void A_payload_that_says_nothing_of_what_is_excluded_means_what_its_version_meant(int version, SpecialWords excluded)
    {
        var slots = new LanguageModelPayload(Sample.Model("a"), InputKind.Text, new LanguageModelColumns()).Encode();
        var json = slots[0].Replace("\"exclude\":3,", "", StringComparison.Ordinal).Replace("\"version\":2", $"\"version\":{version}", StringComparison.Ordinal);
        Assert.NotEqual(slots[0].Length, json.Length);
        var settings = JsonSerializer.Deserialize(json, LanguageModelJson.Default.LanguageModelSettings)!;

        var decoded = Decode([.. PayloadSettings.Write(settings, LanguageModelJson.Default.LanguageModelSettings), .. slots[2..]]);

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
        string[] slots = new CountedPayload().Encode();
        using var together = new Barrier(10);

        var decoded = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return DecodedPayloads.Get<CountedPayload>(slots[0], [slots[0].AsMemory()]);
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
        var model = Use(afterLoad);

        // ML.NET's threads may remember the pipeline they worked for last, so others have to follow it.
        for (var i = 0; i < 20 && model.IsAlive; i++)
        {
            Use(afterLoad);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(model.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(bool afterLoad)
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View("a b");
        ITransformer pipeline = mlContext.LanguageModeling.FromModel(Sample.Model("a", "b")).Fit(data);
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

    private static string Refusal(string[] slots) => Assert.Throws<InvalidDataException>(() => Decode(slots)).Message;

    private static LanguageModelPayload Decode(string[] slots) => LanguageModelPayload.Decode([.. slots.Select(slot => slot.AsMemory())]);

    private sealed class CountedPayload : IPayload<CountedPayload>
    {
        private static int decodings;

        public static int Decodings => decodings;

        public string[] Encode() => [new string('x', 3)];

        public static CountedPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
        {
            Interlocked.Increment(ref decodings);
            Thread.Yield();
            return new CountedPayload();
        }
    }
}
