using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

public sealed class EvaluationTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    [Fact]
    public void Rows_are_the_lines_of_one_stream()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;

        var metrics = mlContext.LanguageModeling.Evaluate(fixture.Pipeline, fixture.Data);

        // NormalizeText stands before the model, so the model reads lower case.
        Assert.Equal(model.Evaluate(Encode(model, Sample.Lines.Select(line => line.ToLowerInvariant()))), metrics);
        Assert.Equal(Sample.Lines.Sum(line => line.Split(' ').Length + 1), metrics.Words);
        Assert.Equal(0, metrics.Unknown);
    }

    [Fact]
    public void A_loaded_pipeline_is_measured_like_a_fresh_one()
    {
        var loaded = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data);

        Assert.Equal(mlContext.LanguageModeling.Evaluate(fixture.Pipeline, fixture.Data), new MLContext().LanguageModeling.Evaluate(loaded, fixture.Data));
    }

    [Fact]
    public void A_model_alone_is_measured_too()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;
        var alone = mlContext.LanguageModeling.FromModel(model).Fit(fixture.Data);

        var metrics = mlContext.LanguageModeling.Evaluate(alone, mlContext.View("the cat", "zebra"));

        Assert.Equal(5, metrics.Words);
        Assert.Equal(1, metrics.Unknown);
    }

    [Fact]
    public void Rows_apart_add_up_to_the_log_probabilities_of_the_rows()
    {
        var metrics = mlContext.LanguageModeling.EvaluateRowsApart(fixture.Pipeline, fixture.Data);

        var sum = fixture.Pipeline.Transform(fixture.Data).Column<float>("LogProbability").Sum(value => (double)value);
        Assert.Equal(-sum / metrics.Words, metrics.CrossEntropy, 1e-5);
        Assert.NotEqual(metrics.CrossEntropy, mlContext.LanguageModeling.Evaluate(fixture.Pipeline, fixture.Data).CrossEntropy);
    }

    [Fact]
    public void Figures_of_another_measure_than_the_training_s_are_warned_of()
    {
        var own = new MLContext();
        var log = new List<string>();
        own.Log += (_, message) => log.Add(message.RawMessage);
        var options = new RecurrentNetworkOptions
        {
            Training = { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, Epochs = 1, BatchSize = 2, BatchMode = BatchMode.Rows, Threads = 1 },
        };
        var data = own.View("the cat", "the dog");
        var pipeline = own.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);

        Assert.Equal(EvaluationContext.LinesApart, own.LanguageModeling.EvaluateRowsApart(pipeline, data).Context);
        Assert.Contains(log, line => line.Contains("with each line apart (", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("the other measure", StringComparison.Ordinal));
        Assert.Equal(EvaluationContext.OneStream, own.LanguageModeling.Evaluate(pipeline, data).Context);
        Assert.Contains("The model was trained by rows, and this is the other measure; EvaluateRowsApart gives that of its training.", log);
    }

    [Fact]
    public void Empty_rows_are_left_out_or_counted_as_blank_lines()
    {
        var own = new MLContext();
        var log = new List<string>();
        own.Log += (_, message) => log.Add(message.RawMessage);
        var data = own.View("the cat", null, "", "the dog");

        Assert.Equal(8, own.LanguageModeling.Evaluate(fixture.Pipeline, data, skipEmptyRows: false).Words);
        Assert.DoesNotContain(log, line => line.Contains("skipped", StringComparison.Ordinal));
        Assert.Equal(6, own.LanguageModeling.Evaluate(fixture.Pipeline, data).Words);
        Assert.Contains("2 rows of the data to evaluate on were skipped, since they are null, empty or without a word.", log);
    }

    [Fact]
    public void Data_without_a_word_and_a_pipeline_without_a_model_are_refused()
    {
        var empty = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Evaluate(fixture.Pipeline, mlContext.View(null, "")));
        Assert.StartsWith("There is nothing to evaluate on: no row of the column \"Normalized\" has a word. 2 rows were read.", empty.Message, StringComparison.Ordinal);

        var other = mlContext.Transforms.CopyColumns("Copy", "Text").Fit(fixture.Data);
        var none = Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.Evaluate(other, fixture.Data));
        Assert.StartsWith("There is no language model in this pipeline.", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransformerScope.Training, 6)]
    [InlineData(TransformerScope.TrainTest, 6)]
    [InlineData(TransformerScope.Everything, 4)]
    [InlineData(TransformerScope.Scoring, 4)]
    public void What_is_measured_is_what_Transform_gives(TransformerScope scope, int words)
    {
        var shortened = mlContext.Transforms.CustomMapping<TextRow, TextRow>((row, result) => result.Text = row.Text!.Split(' ')[0], contractName: null);
        var fitted = new EstimatorChain<ITransformer>().Append(shortened, scope)
            .Append(mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat"), new LanguageModelColumns { WordCountColumnName = "Words" }))
            .Fit(fixture.Data);
        var data = mlContext.View("the cat", "the dog");

        Assert.Equal(words, fitted.Transform(data).Column<int>("Words").Sum());
        Assert.Equal(words, mlContext.LanguageModeling.Evaluate(fitted, data).Words);
        Assert.Equal(words, mlContext.LanguageModeling.EvaluateRowsApart(mlContext.Transforms.CopyColumns("Copy", "Text").Fit(data).Append(fitted), data).Words);
    }

    [Fact]
    public void Cross_validation_measures_each_fold_by_a_model_that_has_not_seen_it()
    {
        var pipeline = mlContext.Transforms.Text.NormalizeText("Normalized", "Text", keepPunctuations: true)
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()));

        var results = mlContext.LanguageModeling.CrossValidate(fixture.Data, pipeline, numberOfFolds: 3, seed: 1);

        Assert.Equal([0, 1, 2], results.Select(result => result.Fold));
        var held = results.Select(result => result.ScoredHoldOutSet.Column<string>("Text")).ToArray();
        Assert.Equal(Sample.Lines.Order(), held.SelectMany(lines => lines).Order());
        foreach (var (result, lines) in results.Zip(held))
        {
            Assert.Equal(mlContext.LanguageModeling.Evaluate(result.Model, mlContext.View(lines)), result.Metrics);
            Assert.Equal($"fold {result.Fold}: {result.Metrics}", result.ToString());
            Assert.Contains("Perplexity", result.ScoredHoldOutSet.Schema.VisibleColumns());
            Assert.NotNull(result.Model.GetLanguageModel().Result);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.CrossValidate(fixture.Data, pipeline, numberOfFolds: 1));

        static RecurrentNetworkOptions Options()
        {
            var options = Sample.FullOptions("Normalized");
            options.Training.BatchSize = 1;
            return options;
        }
    }

    private static TokenStream Encode(LanguageModel model, IEnumerable<string> lines)
    {
        var encoder = new TokenStreamEncoder(model.Tokenizer, model.Vocabulary);
        foreach (var line in lines) encoder.Add(line);
        return encoder.Build();
    }
}
