using System.Text.Json.Nodes;
using RnnLm.Scoring;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

/// <summary>Model files of networks with an adaptive softmax, whole and damaged.</summary>
public class AdaptiveModelFileTests
{
    private static readonly LanguageModel Model = AdaptiveModels.Model(AdaptiveModels.Weights(CellKind.Elman, vocabulary: 8, hidden: 4, cutoffs: [3, 5]));
    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(File, change);

    [Theory]
    [InlineData(4.0, 6, 15, 30)]
    [InlineData(2.5, 2)]
    [InlineData(1.1, 2, 3, 4, 40)]
    public void A_saved_model_is_loaded_as_it_was(double divisionFactor, params int[] cutoffs)
    {
        var model = AdaptiveModels.Model(AdaptiveModels.Weights(divisionFactor: divisionFactor, cutoffs: cutoffs));
        var file = ModelFileTests.FileOf(model);
        var loaded = ModelFileTests.ModelOf(file);
        ModelFileTests.AssertEqual(model, loaded);
        Assert.Equal(model.NextWords("w3 w40"), loaded.NextWords("w3 w40"));
        Assert.Equal(file, ModelFileTests.FileOf(loaded));
    }

    [Fact]
    public void The_file_has_a_version_that_older_readers_refuse_and_a_full_softmax_has_the_first()
    {
        var file = new PlainSafetensors(File);
        Assert.Equal("2", (string)file.Metadata["format_version"]!);
        Assert.Equal("3,5", (string)file.Metadata["shape.adaptive_cutoffs"]!);
        Assert.Equal("2", (string)file.Metadata["shape.adaptive_division_factor"]!);
        Assert.Equal([5, 4], file.Shape("output"));
        Assert.Equal([2, 4], file.Shape("output.tails.0.projection"));
        Assert.Equal([2, 2], file.Shape("output.tails.0.words"));

        var full = new PlainSafetensors(ModelFileTests.FileOf(RandomModels.Model()));
        Assert.Equal("1", (string)full.Metadata["format_version"]!);
        Assert.DoesNotContain(full.Metadata, pair => pair.Key.Contains("adaptive"));
    }

    [Fact]
    public void A_file_of_the_second_version_may_have_a_full_softmax()
    {
        var file = ChangedModelFiles.Changed(ModelFileTests.FileOf(RandomModels.Model()), file => file.Metadata["format_version"] = "2");
        ModelFileTests.AssertEqual(RandomModels.Model(), ModelFileTests.ModelOf(file));
    }

    [Fact]
    public void A_quantised_model_is_loaded_as_it_was_and_predicts_nearly_the_same()
    {
        var model = AdaptiveModels.Model(AdaptiveModels.Weights(hidden: 40, cutoffs: [6, 15, 30]));
        var quantized = model.Quantize();
        var file = ModelFileTests.FileOf(quantized);
        var loaded = ModelFileTests.ModelOf(file);
        Assert.True(loaded.IsQuantized);
        Assert.Equal(file, ModelFileTests.FileOf(loaded));
        Assert.Equal(quantized.NextWords("w3 w40"), loaded.NextWords("w3 w40"));

        var metrics = StreamEvaluation.Measure(model.Network, RandomModels.Ids(500, 41), EvaluationContext.OneStream, new EvaluationOptions());
        Assert.Equal(metrics.CrossEntropy, StreamEvaluation.Measure(loaded.Network, RandomModels.Ids(500, 41), EvaluationContext.OneStream, new EvaluationOptions()).CrossEntropy, 0.05 * metrics.CrossEntropy);
        foreach (var word in RandomModels.Ids(10, 41))
        {
            var expected = model.NextWords($"w{word}", 41, SpecialWords.None).ToDictionary(prediction => prediction.Id, prediction => prediction.Probability);
            foreach (var prediction in loaded.NextWords($"w{word}", 41, SpecialWords.None)) Assert.Equal(expected[prediction.Id], prediction.Probability, 0.03);
        }
    }

    [Theory]
    [InlineData("format_version", "1", "must be at least 2")]
    [InlineData("shape.adaptive_cutoffs", "", "whole numbers")]
    [InlineData("shape.adaptive_cutoffs", "3,", "whole numbers")]
    [InlineData("shape.adaptive_cutoffs", "3, 5", "whole numbers")]
    [InlineData("shape.adaptive_cutoffs", "3,-5", "whole numbers")]
    [InlineData("shape.adaptive_cutoffs", "3,99999999999", "whole numbers")]
    [InlineData("shape.adaptive_cutoffs", "5,3", "greater than the one before")]
    [InlineData("shape.adaptive_cutoffs", "1,5", "at least 2")]
    [InlineData("shape.adaptive_cutoffs", "3,8", "below the size of the vocabulary")]
    [InlineData("shape.adaptive_cutoffs", "3", "bytes")]
    [InlineData("shape.adaptive_cutoffs", "3,5,7", "bytes")]
    [InlineData("shape.adaptive_cutoffs", "4,5", "bytes")]
    [InlineData("shape.adaptive_division_factor", "0.5", "from 1")]
    [InlineData("shape.adaptive_division_factor", "NaN", "from 1")]
    [InlineData("shape.adaptive_division_factor", "two", "a number")]
    [InlineData("shape.adaptive_division_factor", "4", "bytes")]
    [InlineData("shape.tied", "true", "cannot be tied")]
    public void Metadata_that_cannot_be_are_named(string key, string value, string reason)
        => AssertRefused(Changed(file => file.Metadata[key] = value), reason);

    [Fact]
    public void Metadata_that_lack_are_named()
    {
        AssertRefused(Changed(file => file.Metadata.Remove("shape.adaptive_cutoffs")), "lack \"shape.adaptive_cutoffs\"");
        AssertRefused(Changed(file => file.Metadata.Remove("shape.adaptive_division_factor")), "lack \"shape.adaptive_division_factor\"");
    }

    [Fact]
    public void More_cutoffs_than_tensors_are_refused_before_any_is_believed()
        => AssertRefused(Changed(file => file.Metadata["shape.adaptive_cutoffs"] = string.Join(",", Enumerable.Range(2, 100_000))), "no more than there are tensors");

    [Fact]
    public void Tensors_that_lack_or_have_another_shape_are_named()
    {
        AssertRefused(Changed(file => file.Rename("output.tails.1.words", "something_else")), "lacks the tensor \"output.tails.1.words\"");
        AssertRefused(Changed(file => file.Header["output.tails.0.projection"]!["shape"] = new JsonArray(4, 2)), "output.tails.0.projection", "[4, 2]", "[2, 4]");
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused() => AssertRefusedWhenCutShort(File);

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
        => AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)',']);
}
