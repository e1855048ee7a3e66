using System.Text.RegularExpressions;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A row is one text, whatever line breaks it has, for training, measuring and every column alike.</summary>
public sealed class LineBreakTests
{
    private static readonly string[] Breaks = ["\n", "\r", "\r\n", "\u2028", "\u0085"];

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Tokenizers => ["whitespace", "text", "characters"];

    private static Tokenizer Create(string name) => name switch
    {
        "whitespace" => Tokenizer.Whitespace,
        "text" => Tokenizer.Text(),
        _ => Tokenizer.Characters,
    };

    /// <summary>The sample, with a line break at a place in each row, and at the ends of some.</summary>
    private static string[] Broken() => [.. Sample.Lines.Select((line, row) =>
    {
        var lineBreak = Breaks[row % Breaks.Length];
        return new Regex(" ").Replace(line, lineBreak, 1) + (row % 2 == 0 ? lineBreak : "");
    })];

    private ITransformer Fit(string tokenizer, params string[] rows)
    {
        var options = Sample.FullOptions();
        options.Tokenizer = Create(tokenizer);
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(rows));
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Rows_measured_apart_add_up_to_their_log_probabilities(string tokenizer)
    {
        var data = mlContext.View(Broken());
        foreach (var fitted in new[] { Fit(tokenizer, Sample.Lines), Fit(tokenizer, Broken()) })
        {
            foreach (var pipeline in new[] { fitted, mlContext.SaveAndLoad(fitted, data) })
            {
                var scored = pipeline.Transform(data);
                var metrics = mlContext.LanguageModeling.EvaluateRowsApart(pipeline, data);
                Assert.Equal(scored.Column<int>("WordCount").Sum(), metrics.Words);
                Assert.Equal(scored.Column<int>("UnknownWordCount").Sum(), metrics.Unknown);
                Assert.Equal(-scored.Column<float>("LogProbability").Sum(value => (double)value) / metrics.Words, metrics.CrossEntropy, 1e-5);
                Assert.Equal(metrics.Words, mlContext.LanguageModeling.Evaluate(pipeline, data).Words);
            }
        }
    }

    [Theory]
    [InlineData("whitespace")]
    [InlineData("text")]
    public void A_model_of_rows_with_line_breaks_is_that_of_rows_with_blanks(string tokenizer)
    {
        var broken = Fit(tokenizer, Broken()).GetLanguageModel().Model;
        var plain = Fit(tokenizer, Sample.Lines).GetLanguageModel().Model;
        Assert.Equal(plain.Vocabulary, broken.Vocabulary);
        Assert.Equal(plain.Score(Sample.Lines[0]).LogProbability, broken.Score(Broken()[0]).LogProbability);
    }

    [Fact]
    public void A_character_model_knows_the_line_breaks_it_was_trained_on()
        => Assert.All(["\n", "\r", "\r\n"], lineBreak => Assert.Contains(lineBreak, Fit("characters", Broken()).GetLanguageModel().Model.Vocabulary));

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void The_words_of_a_row_are_one_row_and_their_vocabulary_that_of_the_text(string tokenizer)
    {
        var data = mlContext.View(Broken());
        var catalog = mlContext.LanguageModeling;
        var tokenized = catalog.TokenizeText("Words", "Text", Create(tokenizer)).Fit(data).Transform(data);
        var words = tokenized.Column<string[]>("Words");
        Assert.Equal(Broken().Select(row => Create(tokenizer).Tokenize(row)), words);

        var options = Sample.FullOptions("Words");
        var ofWords = catalog.Trainers.RecurrentNetwork(options).Fit(tokenized);
        Assert.Equal(Fit(tokenizer, Broken()).GetLanguageModel().Model.Vocabulary, ofWords.GetLanguageModel().Model.Vocabulary);
    }
}
