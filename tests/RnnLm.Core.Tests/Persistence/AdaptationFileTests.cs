using RnnLm.Tests.Adaptation;
using RnnLm.Tests.Mixtures;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

/// <summary>Model files of models that go on learning, whole and damaged.</summary>
public class AdaptationFileTests
{
    private static readonly LanguageModel Small = RandomModels.Model(CellKind.Elman, vocabulary: 5, embedding: 2, hidden: 2, layers: 1);
    private static readonly LanguageModel Model = Small.With(
        new DynamicEvaluation { LearningRate = 0.125, Decay = 0.25, Window = 7, Epsilon = 0.5, Scales = DynamicEvaluationTests.Scales(Small) });

    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    private static byte[] With(string key, string value) => Changed(File, file => file.Metadata[key] = value);

    private static void AssertSame(DynamicEvaluation? expected, DynamicEvaluation? actual)
    {
        Assert.Equal(expected! with { Scales = null }, actual! with { Scales = null });
        Assert.Equal(expected.Scales is null, actual.Scales is null);
        foreach (var (tensor, other) in (expected.Scales?.Tensors ?? []).Zip(actual.Scales?.Tensors ?? []))
        {
            Assert.Equal(tensor.Name, other.Name);
            Assert.Equal(tensor.Rows.ToArray(), other.Rows.ToArray());
            Assert.Equal(tensor.Columns.ToArray(), other.Columns.ToArray());
        }
    }

    [Fact]
    public void A_saved_model_is_loaded_as_it_was()
    {
        var nGram = new NGramInterpolation { Model = RandomNGrams.Model(Small.Vocabulary) };
        LanguageModel[] models =
        [
            Model, Model.Quantize(), Model.With(new NeuralCache { Size = 3 }).With(nGram), Small.With(new DynamicEvaluation { LearningRate = 0.1, Decay = 1e-9 }),
            LanguageModel.Ensemble([Model, Small]).With(new DynamicEvaluation { LearningRate = 0, Decay = 0 }),
        ];
        foreach (var model in models)
        {
            var file = ModelFileTests.FileOf(model);
            var loaded = ModelFileTests.ModelOf(file);
            AssertSame(model.DynamicEvaluation, loaded.DynamicEvaluation);
            ModelFileTests.AssertEqual(model, loaded);
            Assert.Equal(file, ModelFileTests.FileOf(loaded));
            Assert.Equal("3", (string)new PlainSafetensors(file).Metadata["format_version"]!);
        }
    }

    [Fact]
    public void Without_it_the_file_is_what_it_was_before()
    {
        Assert.Equal(ModelFileTests.FileOf(Small), ModelFileTests.FileOf(Model.WithoutDynamicEvaluation()));
        Assert.Equal("1", (string)new PlainSafetensors(ModelFileTests.FileOf(Small)).Metadata["format_version"]!);
    }

    [Fact]
    public void The_file_says_what_was_added_under_its_name()
    {
        var file = new PlainSafetensors(File);
        Assert.Equal("0.125", (string)file.Metadata["dynamic_evaluation.learning_rate"]!);
        Assert.Equal("0.25", (string)file.Metadata["dynamic_evaluation.decay"]!);
        Assert.Equal("7", (string)file.Metadata["dynamic_evaluation.window"]!);
        Assert.Equal("0.5", (string)file.Metadata["dynamic_evaluation.epsilon"]!);
        // Rows and columns of the embedding, of the input and the recurrent matrix, of the bias, of the output matrix and of its bias.
        Assert.Equal([5 + 2 + 2 + 2 + 2 + 2 + 2 + 1 + 5 + 2 + 5 + 1], file.Shape("dynamic_evaluation.scales"));
        Assert.DoesNotContain("dynamic_evaluation.scales", new PlainSafetensors(ModelFileTests.FileOf(Small.With(new DynamicEvaluation()))).Names);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused() => AssertRefusedWhenCutShort(File);

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
    {
        var random = new Random(1);
        AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)random.Next(256)]);
    }

    [Theory]
    [InlineData("format_version", "2", "at least 3")]
    [InlineData("dynamic_evaluation.learning_rate", "-1", "LearningRate is -1")]
    [InlineData("dynamic_evaluation.learning_rate", "NaN", "LearningRate is NaN")]
    [InlineData("dynamic_evaluation.learning_rate", "much", "must be a number")]
    [InlineData("dynamic_evaluation.decay", "2", "Decay is 2")]
    [InlineData("dynamic_evaluation.window", "0", "must be a whole number")]
    [InlineData("dynamic_evaluation.window", "2000", "Window is 2,000")]
    [InlineData("dynamic_evaluation.epsilon", "0", "Epsilon is 0")]
    public void Settings_that_cannot_be_are_refused(string key, string value, string reason) => AssertRefused(With(key, value), reason);

    [Theory]
    [InlineData("dynamic_evaluation.learning_rate")]
    [InlineData("dynamic_evaluation.decay")]
    [InlineData("dynamic_evaluation.window")]
    [InlineData("dynamic_evaluation.epsilon")]
    public void A_setting_that_is_missing_is_named(string key) => AssertRefused(Changed(File, file => file.Metadata.Remove(key)), $"lack \"{key}\"");

    [Fact]
    public void Scales_that_cannot_be_are_refused()
    {
        AssertRefused(Changed(File, file => BitConverter.GetBytes(float.NaN).CopyTo(file.Data, file.Offsets("dynamic_evaluation.scales").Begin)), "\"embedding\" are not all finite");
        // Without settings there is no place for scales.
        AssertRefused(
            Changed(File, file =>
            {
                foreach (var key in new[] { "learning_rate", "decay", "window", "epsilon" }) file.Metadata.Remove($"dynamic_evaluation.{key}");
            }),
            "weights have");
    }
}
