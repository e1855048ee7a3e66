using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>The columns that tell why a word is predicted.</summary>
public sealed class ReasonColumnTests
{
    private static readonly string[] Texts = ["the cat sat", "", "a zebra saw the dog", "cat"];

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<InfluenceMethod, string?> Cases
    {
        get
        {
            var cases = new TheoryData<InfluenceMethod, string?>();
            foreach (var method in Enum.GetValues<InfluenceMethod>())
                foreach (var word in (string?[])[null, "dog"]) cases.Add(method, word);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_row_has_the_influences_that_the_model_tells_of(InfluenceMethod method, string? word)
    {
        var model = Model();
        var columns = Columns();
        columns.Reasons = new ReasonColumnOptions { Method = method, Word = word };
        var data = mlContext.View(Texts);
        var rows = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, columns).Fit(data), data).Transform(data);

        var options = new ExplanationOptions
        {
            Word = word,
            Method = method == InfluenceMethod.GradientTimesInput ? new GradientTimesInput() : new LeaveOneOut { KeepsPlace = method == InfluenceMethod.UnknownWord },
        };
        var explanations = Texts.Select(text => model.Explain(text, options)).ToArray();
        Assert.Equal(explanations.Select(explanation => explanation.Word), rows.Column<string>("Explained"));
        Assert.Equal(explanations.Select(explanation => explanation.Words.Select(influence => (float)influence.Nats).ToArray()), rows.Column<float[]>("Influences"));
        Assert.Equal([["the", "cat", "sat"], [], ["a", "<unk>", "saw", "the", "dog"], ["cat"]], rows.Column<string[]>("RowWords"));
        Assert.Contains(rows.Column<float[]>("Influences"), influences => influences.Any(nats => Math.Abs(nats) > 1e-3));
    }

    [Fact]
    public void Words_and_keys_have_reasons_too()
    {
        var words = mlContext.ViewOfWords(["the", "cat", "", "sat"], []);
        var columns = Columns();
        columns.InputColumnName = "Words";
        var rows = mlContext.LanguageModeling.FromModel(Model(), columns).Fit(words).Transform(words);
        Assert.Equal(Model().Explain("the cat sat").Words.Select(word => (float)word.Nats), rows.Column<float[]>("Influences")[0]);
        Assert.Empty(rows.Column<float[]>("Influences")[1]);
    }

    [Fact]
    public void What_gradients_cannot_explain_is_refused_before_any_row_is_read()
    {
        var columns = Columns();
        columns.Reasons = new ReasonColumnOptions { Method = InfluenceMethod.GradientTimesInput };
        Assert.Contains("8 bits", Assert.Throws<NotSupportedException>(() => mlContext.LanguageModeling.FromModel(Model().Quantize(), columns)).Message, StringComparison.Ordinal);
        Assert.Contains("cache", Assert.Throws<NotSupportedException>(() => mlContext.LanguageModeling.FromModel(Model().With(new NeuralCache()), columns)).Message, StringComparison.Ordinal);
        columns.Reasons = new ReasonColumnOptions { Word = "zebra" };
        Assert.Contains("\"zebra\"", Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Model(), columns)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_to_explain_that_the_training_data_lacks_is_refused_before_the_training()
    {
        var events = 0;
        var options = new RecurrentNetworkOptions
        {
            InfluencesColumnName = "Influences",
            Reasons = new ReasonColumnOptions { Word = "zebra" },
            Training = new TrainingOptions { Epochs = 1, HiddenSize = 4, Progress = new Listener(_ => events++) },
        };
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View("the cat sat")));
        Assert.Contains("\"zebra\"", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, events);
    }

    [Fact]
    public void Options_that_cannot_be_or_have_no_effect_are_refused()
    {
        Refuse(columns => columns.Reasons = new ReasonColumnOptions { Method = (InfluenceMethod)7 }, "Reasons.Method is 7");
        Refuse(columns => columns.Reasons = new ReasonColumnOptions { Word = "" }, "Reasons.Word is empty");
        Refuse(columns => columns.Reasons = null!, "Reasons is null");
        Refuse(
            columns => (columns.InfluencesColumnName, columns.ExplainedWordColumnName, columns.Reasons) = (null, null, new ReasonColumnOptions { Word = "cat" }),
            "Reasons has no effect without InfluencesColumnName or ExplainedWordColumnName");

        static void Refuse(Action<LanguageModelColumns> spoil, string fault)
        {
            var columns = Columns();
            spoil(columns);
            Assert.Contains(fault, Assert.Throws<ArgumentException>(columns.Validate).Message, StringComparison.Ordinal);
        }
    }

    private static LanguageModel Model() => Sample.Model("the", "cat", "dog", "a", "sat", "saw");

    private static LanguageModelColumns Columns() => new()
    {
        NextWordColumnName = null,
        InfluencingWordsColumnName = "RowWords",
        InfluencesColumnName = "Influences",
        ExplainedWordColumnName = "Explained",
    };
}
