using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace RnnLm.Tests.Persistence;

/// <summary>Models that an early state of this library trained and saved.</summary>
public class FirstFormatTests
{
    public static TheoryData<string> Names => [.. RecordedModel.Names];

    public static TheoryData<string> NamesInSinglePrecision => [.. RecordedModel.Names.Where(name => !IsQuantized(name))];

    // Of these the integers are what they were, but vectors are rounded to other multiples than in that state of the library.
    public static TheoryData<string> NamesOfQuantized => [.. RecordedModel.Names.Where(IsQuantized)];

    [Fact]
    public void There_are_models_of_every_kind() => Assert.Equal(11, RecordedModel.Names.Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void Models_saved_by_the_first_format_hold_what_they_held(string name)
    {
        var recorded = new RecordedModel(name);
        var contents = recorded.Contents;
        var model = ModelFileTests.ModelOf(recorded.File);

        Assert.Equal(contents.GetProperty("quantized").GetBoolean(), model.IsQuantized);
        Assert.Equal(contents.GetProperty("cell").GetString(), model.Shape.Cell.ToString());
        Assert.Equal(contents.GetProperty("layers").GetInt32(), model.Shape.Layers);
        Assert.Equal(contents.GetProperty("embeddingSize").GetInt32(), model.Shape.EmbeddingSize);
        Assert.Equal(contents.GetProperty("hiddenSize").GetInt32(), model.Shape.HiddenSize);
        Assert.Equal(contents.GetProperty("tied").GetBoolean(), model.Shape.Tied);
        Assert.Equal(contents.GetProperty("parameterCount").GetInt64(), model.Shape.ParameterCount);
        Assert.Equal(RecordedModel.StringsOf(contents.GetProperty("vocabulary")), model.Vocabulary);
        Assert.Equal(DictionaryOf(contents.GetProperty("tokenizer")), model.Tokenizer.Settings);
        Assert.Equal(DictionaryOf(contents.GetProperty("trainingOptions")), model.Training.Options);
        Assert.Equal(
            DictionaryOf(contents.GetProperty("trainingFigures")).ToDictionary(figure => figure.Key, figure => RecordedModel.DoubleOf(figure.Value)), model.Training.Figures);
        Assert.Equal(contents.GetProperty("weightsSha256").GetString(), HashOf([.. model.Network.CopyWeights().Parameters.SelectMany(parameter => parameter.Values)]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Models_saved_by_the_first_format_are_saved_again_byte_for_byte(string name)
    {
        var recorded = new RecordedModel(name);
        var saved = ModelFileTests.FileOf(ModelFileTests.ModelOf(recorded.File));
        Assert.Equal(recorded.Contents.GetProperty("savedAgainSha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(saved)));
    }

    [Theory]
    [MemberData(nameof(NamesInSinglePrecision))]
    public void Models_saved_by_the_first_format_predict_the_same_bits(string name)
    {
        var recorded = new RecordedModel(name);
        var model = ModelFileTests.ModelOf(recorded.File);

        Assert.Equal(recorded.Result("embed").EnumerateArray().Select(RecordedModel.FloatsOf), recorded.Texts.Select(model.Embed));
        var state = model.Start(recorded.Texts[3]);
        var after = recorded.Result("stateAfterLongText");
        for (var layer = 0; layer < model.Shape.Layers; layer++)
        {
            Assert.Equal(RecordedModel.FloatsOf(after.GetProperty("hidden")[layer]), state.Hidden(layer).ToArray());
            if (model.Shape.Cell == CellKind.Lstm) Assert.Equal(RecordedModel.FloatsOf(after.GetProperty("cell")[layer]), state.Cell(layer).ToArray());
        }

        // Those of an adaptive softmax pass through the logarithm of the C library.
        if (model.Shape.AdaptiveSoftmax is not null) return;
        var logits = recorded.Texts.Select(text =>
        {
            var values = new float[model.Vocabulary.Count];
            model.Network.Logits(model.Start(text), values);
            return HashOf(values);
        });
        Assert.Equal(RecordedModel.StringsOf(recorded.Result("logits")), logits);
    }

    [Theory]
    [MemberData(nameof(NamesInSinglePrecision))]
    public void Models_saved_by_the_first_format_choose_and_score_the_same_words(string name)
    {
        var recorded = new RecordedModel(name);
        var model = ModelFileTests.ModelOf(recorded.File);
        Assert.Equal(RecordedModel.StringsOf(recorded.Result("generate")), recorded.Texts.Select(text => model.Generate(text)));
        foreach (var (text, nextWords, score) in recorded.Texts.Zip(recorded.Result("nextWords").EnumerateArray(), recorded.Result("score").EnumerateArray()))
        {
            var predictions = model.NextWords(text, 5, SpecialWords.Unknown);
            Assert.Equal(RecordedModel.StringsOf(nextWords.GetProperty("words")), predictions.Select(prediction => prediction.Word));
            AssertClose(RecordedModel.DoublesOf(nextWords.GetProperty("probabilities")), predictions.Select(prediction => prediction.Probability));
            var words = model.Score(text).Words;
            Assert.Equal(RecordedModel.StringsOf(score.GetProperty("words")), words.Select(word => word.Word));
            AssertClose(RecordedModel.DoublesOf(score.GetProperty("logProbabilities")), words.Select(word => word.LogProbability));
        }
    }

    [Theory]
    [MemberData(nameof(NamesOfQuantized))]
    public void Quantised_models_saved_by_the_first_format_predict_nearly_the_same(string name)
    {
        var recorded = new RecordedModel(name);
        var model = ModelFileTests.ModelOf(recorded.File);
        foreach (var (text, embedding, nextWords, score) in recorded.Texts.Zip(recorded.Result("embed").EnumerateArray(), recorded.Result("nextWords").EnumerateArray())
            .Zip(recorded.Result("score").EnumerateArray(), (first, score) => (first.First, first.Second, first.Third, score)))
        {
            AssertClose([.. RecordedModel.FloatsOf(embedding).Select(value => (double)value)], model.Embed(text).Select(value => (double)value), 0.05);
            var predictions = model.NextWords(text, model.Vocabulary.Count, SpecialWords.Unknown).ToDictionary(prediction => prediction.Word, prediction => prediction.Probability);
            AssertClose(
                RecordedModel.DoublesOf(nextWords.GetProperty("probabilities")),
                RecordedModel.StringsOf(nextWords.GetProperty("words")).Select(word => predictions[word]), 0.02);
            AssertClose(RecordedModel.DoublesOf(score.GetProperty("logProbabilities")), model.Score(text).Words.Select(word => word.LogProbability), 0.1);
        }
    }

    // The exponential function and the logarithm are the C library's, and differ in the last bit from one to another.
    private static void AssertClose(double[] expected, IEnumerable<double> actual, double tolerance = 1e-6)
        => Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x)));

    private static bool IsQuantized(string name) => name.EndsWith("-quantized", StringComparison.Ordinal);

    private static Dictionary<string, string> DictionaryOf(JsonElement values)
        => values.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);

    private static string HashOf(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
}
