using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Tests;

/// <summary>Embeddings as features, against the calls of the model and as ML.NET's own trainers take them.</summary>
public sealed class EmbeddingColumnTests
{
    private static readonly string[] Texts = ["the cat sat", "", "zebra dog the", "a"];

    private readonly MLContext mlContext = new(seed: 1);

    private static LanguageModelColumns Columns(EmbeddingOptions? embedding = null) => new() { NextWordColumnName = null, FeaturesColumnName = "Features", Embedding = embedding ?? new() };

    private static LanguageModel Network(CellKind cell, int hidden, int layers, int seed = 1, float scale = 0.5f)
    {
        var weights = new NetworkWeights(new NetworkShape { Cell = cell, VocabularySize = 6, EmbeddingSize = 3, HiddenSize = hidden, Layers = layers });
        var random = new Random(seed);
        foreach (var parameter in weights.Parameters)
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = scale * (float)((2 * random.NextDouble()) - 1);
        return new LanguageModel(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", "the", "cat", "dog", "sat"]), weights);
    }

    public static TheoryData<int, int, bool, EmbeddingPooling?, EmbeddedState> Configurations()
    {
        var data = new TheoryData<int, int, bool, EmbeddingPooling?, EmbeddedState>();
        foreach (var (hidden, layers) in ((int, int)[])[(1, 1), (5, 2), (16, 2), (200, 3), (650, 1)])
            foreach (var pooling in (EmbeddingPooling?[])[null, EmbeddingPooling.Mean, EmbeddingPooling.Maximum])
                data.Add(hidden, layers, layers > 1, pooling, layers == 2 ? EmbeddedState.Cell : EmbeddedState.Output);
        return data;
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Features_are_the_embedding_of_the_row_and_of_a_size_that_is_known(int hidden, int layers, bool allLayers, EmbeddingPooling? pooling, EmbeddedState state)
    {
        var model = Network(CellKind.Lstm, hidden, layers);
        var options = new EmbeddingOptions { AllLayers = allLayers, Pooling = pooling, State = state };
        var data = mlContext.View(Texts);

        var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, Columns(options)).Fit(data), data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, hidden * layers), transformed.Schema["Features"].Type);
        Assert.Equal(Texts.Select(text => model.Embed(text, options)), transformed.Column<float[]>("Features"));
    }

    [Fact]
    public void Layers_and_members_are_those_of_the_options()
    {
        var model = LanguageModel.Ensemble([Network(CellKind.Lstm, 5, 2), Network(CellKind.Gru, 7, 3, seed: 2)]).With(new NeuralCache());
        foreach (var options in (EmbeddingOptions[])[new(), new() { Layers = [0] }, new() { Member = 1, Layers = [2, 0] }])
        {
            var data = mlContext.View(Texts);
            var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, Columns(options)).Fit(data), data).Transform(data);
            Assert.Equal(Texts.Select(text => model.Embed(text, options)), transformed.Column<float[]>("Features"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_feature_has_a_name_that_says_what_it_is_and_trainers_are_told_it(bool afterLoad)
    {
        var model = Network(CellKind.Lstm, 12, 2);
        var data = mlContext.View(Texts);
        foreach (var (options, names) in ((EmbeddingOptions, IEnumerable<string>)[])
        [
            (new(), Enumerable.Range(0, 12).Select(unit => $"Layer1.Hidden.{unit}")),
            (new() { Layers = [1, 0], State = EmbeddedState.Cell }, ((int[])[1, 0]).SelectMany(layer => Enumerable.Range(0, 12).Select(unit => $"Layer{layer}.Cell.{unit}"))),
        ])
        {
            Assert.Equal(names, model.GetEmbeddingNames(options));
            ITransformer fitted = mlContext.LanguageModeling.FromModel(model, Columns(options)).Fit(data);
            if (afterLoad) fitted = mlContext.SaveAndLoad(fitted, data);
            var slots = default(VBuffer<ReadOnlyMemory<char>>);
            fitted.GetOutputSchema(data.Schema)["Features"].GetSlotNames(ref slots);
            Assert.Equal(names, slots.DenseValues().Select(slot => slot.ToString()));
            var promised = mlContext.LanguageModeling.FromModel(model, Columns(options)).GetOutputSchema(ShapeWatcher.ShapeOf(data)).Single(column => column.Name == "Features");
            Assert.Contains("SlotNames", promised.Annotations.Select(annotation => annotation.Name));
        }
    }

    [Fact]
    public void A_feature_is_what_the_network_gives_to_the_last_bit_whatever_it_is()
    {
        float[] values =
        [
            0, 1, -1, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, -1.17549435e-38f, 0.1f, 1 / 3f, MathF.PI, -MathF.E, 16_777_216, 1e-10f,
            .. Bits(new Random(1), 20_000),
        ];
        var text = NamedVector.Write(values);
        var data = mlContext.Data.LoadFromEnumerable([new KeyedText { Key = true, Text = text }]);
        string[] names = [.. Enumerable.Range(0, values.Length).Select(slot => $"s{slot}")];
        var read = NamedVector.Create(mlContext, "Values", "Text", "Key", names).Fit(data).Transform(data).Column<float[]>("Values").Single();
        Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), read.Select(BitConverter.SingleToUInt32Bits));

        static IEnumerable<float> Bits(Random random, int count)
        {
            for (var i = 0; i < count;)
            {
                var value = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
                if (!float.IsFinite(value)) continue;
                i++;
                yield return value;
            }
        }
    }

    [Fact]
    public void The_trainers_of_MLNET_take_the_features()
    {
        var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new LabelledText { Text = i % 2 == 0 ? "the cat sat" : "dog dog the", Label = i % 2 == 0, Group = i % 3 == 0 ? "x" : "y" }));
        var features = mlContext.LanguageModeling.FromModel(Network(CellKind.Lstm, 9, 1, scale: 3), Columns(new EmbeddingOptions { Pooling = EmbeddingPooling.Mean })).AppendCacheCheckpoint(mlContext);

        var binary = features.Append(mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(maximumNumberOfIterations: 50)).Fit(data);
        Assert.Equal(1, mlContext.BinaryClassification.Evaluate(mlContext.SaveAndLoad(binary, data).Transform(data)).Accuracy);

        var multiclass = features.Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Group")).Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5)).Fit(data);
        Assert.Equal(60, multiclass.Transform(data).Column<uint>("PredictedLabel").Length);
    }

    [Fact]
    public void A_prediction_engine_reads_the_features_into_an_array()
    {
        var model = Network(CellKind.Gru, 12, 1);
        var data = mlContext.View("the cat");
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FeaturesRow>(mlContext.LanguageModeling.FromModel(model, Columns()).Fit(data));
        foreach (var text in Texts) Assert.Equal(model.Embed(text), engine.Predict(new TextRow { Text = text }).Features);
    }

    [Fact]
    public void A_network_that_is_trained_in_the_pipeline_gives_its_features()
    {
        var data = mlContext.View(Sample.Lines);
        var options = Sample.FullOptions();
        options.Training.Layers = 2;
        options.FeaturesColumnName = "Features";
        options.Embedding = new EmbeddingOptions { AllLayers = true, State = EmbeddedState.Cell };

        var fitted = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);

        Assert.Equal(Sample.Lines.Select(line => fitted.Model.Embed(line, options.Embedding)), fitted.Transform(data).Column<float[]>("Features"));
        Assert.Equal(24, ((VectorDataViewType)fitted.Transform(data).Schema["Features"].Type).Size);
    }

    [Fact]
    public void What_the_network_cannot_give_is_refused_before_it_is_trained()
    {
        var data = mlContext.View(Sample.Lines);
        var options = Sample.FullOptions();
        options.FeaturesColumnName = "Features";
        options.Embedding = new EmbeddingOptions { Layers = [1] };
        var hasBegun = false;
        options.Training.Progress = new Listener(_ => hasBegun = true);
        Assert.Contains(
            "Embedding.Layers is 1; it must be from 0 to 0, as the network has 1 layer.",
            Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data)).Message, StringComparison.Ordinal);
        options.Embedding = new EmbeddingOptions { Member = 0 };
        Assert.Contains("the model is no ensemble", Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data)).Message, StringComparison.Ordinal);
        Assert.False(hasBegun);
    }

    [Fact]
    public void Options_that_cannot_be_or_have_no_effect_are_refused()
    {
        Refuse(Columns(new EmbeddingOptions { Layers = [3] }), "Embedding.Layers is 3");
        Refuse(Columns(new EmbeddingOptions { Layers = [0], AllLayers = true }), "Embedding.AllLayers is true");
        Refuse(Columns(new EmbeddingOptions { Pooling = (EmbeddingPooling)9 }), "Embedding.Pooling is 9");
        Refuse(Columns(new EmbeddingOptions { State = EmbeddedState.Cell }), "Embedding.State is Cell");
        Refuse(new LanguageModelColumns { Embedding = new EmbeddingOptions { AllLayers = true } }, "Embedding has no effect without FeaturesColumnName;");
        Refuse(new LanguageModelColumns { Embedding = null! }, "Embedding is null");

        void Refuse(LanguageModelColumns columns, string part)
            => Assert.Contains(part, Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Network(CellKind.Gru, 4, 2), columns)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_takes_anothers_place_gives_as_many_features()
    {
        var data = mlContext.View(Texts);
        var model = Network(CellKind.Gru, 4, 2);
        ITransformer pipeline = mlContext.LanguageModeling.FromModel(model, Columns()).Fit(data);
        var changed = mlContext.LanguageModeling.ChangeModel(pipeline, known => known.Quantize());
        Assert.Equal(Texts.Select(text => model.Quantize().Embed(text)), changed.Transform(data).Column<float[]>("Features"));
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.ChangeModel(pipeline, _ => Network(CellKind.Gru, 5, 2)));
        Assert.StartsWith("The model gives 5 features, and that of the pipeline 4", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.ChangeModel(pipeline, _ => Network(CellKind.Gru, 4, 3)));
        Assert.StartsWith("A feature of the model is Layer2.Hidden.0 where Layer1.Hidden.0 is that of the pipeline", fault.Message, StringComparison.Ordinal);
    }

    private sealed class LabelledText
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }

        public string Group { get; set; } = "";
    }

    private sealed class KeyedText
    {
        public bool Key { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class FeaturesRow
    {
        public float[] Features { get; set; } = [];
    }
}
