using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>The column that summarizes a row.</summary>
public sealed class SummaryColumnTests
{
    private static readonly string[] Texts = ["the cat sat . a dog saw the cat ! the dog sat . a cat", "", "the cat", "a .\n\nthe dog\nsat . the zebra . a a a a ."];

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<SummaryOptions> Options =>
    [
        new SummaryOptions(),
        new SummaryOptions { Sentences = 1 },
        new SummaryOptions { ShareOfWords = 0.5, Method = SummaryMethod.Embeddings },
        new SummaryOptions { Sentences = 2, Order = SummaryOrder.Rank, RedundancyPenalty = 0, ComparedSentences = 2, LinesAreSentences = true },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_row_is_summarized_as_the_model_summarizes_its_text(SummaryOptions options)
    {
        var columns = new LanguageModelColumns { NextWordColumnName = null, SummaryColumnName = "Summary", Summary = options };
        var data = mlContext.View(Texts);
        var rows = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Model(), columns).Fit(data), data).Transform(data);
        Assert.Equal(Texts.Select(text => Model().Summarize(text, options).Text), rows.Column<string>("Summary"));
    }

    [Fact]
    public void A_column_of_words_is_refused_before_anything_is_learned()
    {
        var words = mlContext.ViewOfWords(["the", "cat", "."]);
        var columns = new LanguageModelColumns { InputColumnName = "Words", SummaryColumnName = "Summary" };
        var estimator = mlContext.LanguageModeling.FromModel(Model(), columns);
        Refused(() => estimator.Fit(words));
        Refused(() => estimator.GetOutputSchema(ShapeWatcher.ShapeOf(words)));
        var options = new RecurrentNetworkOptions { InputColumnName = "Words", SummaryColumnName = "Summary", Training = Sample.Training() };
        options.Engine = new FailingEngine(0);
        Refused(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(words));

        static void Refused(Action use)
            => Assert.Contains("expected String, since SummaryColumnName is made from the text", Assert.Throws<ArgumentOutOfRangeException>(use).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_be_or_have_no_effect_are_refused()
    {
        Refuse(new LanguageModelColumns { SummaryColumnName = "S", Summary = new SummaryOptions { Sentences = 0 } }, "Summary.Sentences is 0");
        Refuse(new LanguageModelColumns { SummaryColumnName = "S", Summary = null! }, "Summary is null");
        Refuse(new LanguageModelColumns { Summary = new SummaryOptions { Sentences = 2 } }, "Summary has no effect without SummaryColumnName");

        static void Refuse(LanguageModelColumns columns, string fault)
            => Assert.Contains(fault, Assert.Throws<ArgumentException>(columns.Validate).Message, StringComparison.Ordinal);
    }

    private static LanguageModel Model() => Sample.Model("the", "cat", "dog", "a", "sat", "saw", ".", "!");
}
