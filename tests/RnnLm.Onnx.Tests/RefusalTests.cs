using RnnLm.Tests;
using RnnLm.Tests.Mixtures;

namespace RnnLm.Onnx.Tests;

public sealed class RefusalTests
{
    [Fact]
    public void A_cache_is_refused_by_name()
    {
        var fault = Assert.Throws<NotSupportedException>(() => RandomModels.Model().With(new NeuralCache()).ExportOnnx(Stream.Null));
        Assert.Contains("it has a cache", fault.Message);
    }

    [Fact]
    public void A_cache_of_a_member_is_refused_by_the_members_place()
    {
        var ensemble = LanguageModel.Ensemble([RandomModels.Model(), RandomModels.Model(CellKind.Gru).With(new NeuralCache())]);
        var fault = Assert.Throws<NotSupportedException>(() => ensemble.ExportOnnx(Stream.Null));
        Assert.Contains("its member 1 has a cache", fault.Message);
        ensemble.WithoutCache().ExportOnnx(Stream.Null);
    }

    [Fact]
    public void An_n_gram_model_is_refused_by_name()
    {
        var model = RandomModels.Model();
        var nGram = new NGramInterpolation { Model = RandomNGrams.Model(model.Vocabulary), Weight = 0.2 };
        var fault = Assert.Throws<NotSupportedException>(() => model.With(nGram).ExportOnnx(Stream.Null));
        Assert.Contains("it has an n-gram model", fault.Message);
    }

    [Fact]
    public void Dynamic_evaluation_is_left_out()
    {
        var model = RandomModels.Model();
        Assert.Equal(OnnxSession.FileOf(model).Length, OnnxSession.FileOf(model.With(new DynamicEvaluation())).Length, tolerance: 200);
    }

    [Fact]
    public void Nothing_is_exported_of_nothing_or_to_nothing()
    {
        Assert.Throws<ArgumentNullException>(() => ((LanguageModel)null!).ExportOnnx(Stream.Null));
        Assert.Throws<ArgumentNullException>(() => RandomModels.Model().ExportOnnx((Stream)null!));
        Assert.Throws<ArgumentException>(() => RandomModels.Model().ExportOnnx(""));
    }
}
