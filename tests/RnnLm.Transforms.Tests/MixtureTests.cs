using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Models with a cache, an n-gram model or members in pipelines.</summary>
public sealed class MixtureTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    private static LanguageModel Mixture(LanguageModel model) => LanguageModel.Ensemble([model.With(new NeuralCache { Size = 4, Weight = 0.4 }), model.Quantize()])
        .With(new NGramInterpolation { Model = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, Sample.Lines, new NGramOptions { Order = 3 }), Weight = 0.3 });

    private static FullPrediction[] Predict(ITransformer pipeline, params string[] prompts)
    {
        using var engine = new MLContext().Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        return [.. prompts.Select(prompt => engine.Predict(new TextRow { Text = prompt }))];
    }

    private static void AssertColumnsAreOf(LanguageModel model, ITransformer pipeline)
    {
        // The cache of a row begins empty, whatever rows came before: the third is the first again.
        string[] prompts = ["the cat sat on the cat sat on", "A bird zebra", "the cat sat on the cat sat on", ""];
        var rows = Predict(pipeline, prompts);
        foreach (var (row, prompt) in rows.Zip(prompts))
        {
            var text = prompt.ToLowerInvariant();
            var next = model.NextWords(text, count: 3);
            Assert.Equal(next.Select(word => word.Word), row.NextWords);
            Assert.Equal(next.Select(word => (float)word.Probability), row.Probabilities);
            Assert.Equal(model.NextWord(text), row.NextWord);
            Assert.Equal((float)next.UnknownProbability, row.UnknownProbability);
            Assert.Equal((float)next.EndOfLineProbability, row.EndOfLineProbability);
            var score = model.Score(text);
            Assert.Equal((float)score.LogProbability, row.LogProbability);
            Assert.Equal((float)score.Perplexity, row.Perplexity, 1e-4f * row.Perplexity);
            Assert.Equal((score.Count, score.UnknownCount), (row.WordCount, row.UnknownWordCount));
        }
        Assert.Equal(rows[0].ToString(), rows[2].ToString());
    }

    [Fact]
    public void What_is_added_to_the_model_of_a_fitted_pipeline_is_in_its_columns_and_saved_with_it()
    {
        var changed = mlContext.LanguageModeling.ChangeModel(fixture.Pipeline, Mixture);
        var mixture = changed.GetLanguageModel().Model;
        Assert.Equal(2, mixture.Members.Count);
        AssertColumnsAreOf(mixture, changed);
        Assert.Equal(Predict(changed, Sample.Prompts).Select(row => row.NextWord), Predict(changed, Sample.Prompts).Select(row => row.Copied));

        var loaded = mlContext.SaveAndLoad(changed, fixture.Data);
        AssertColumnsAreOf(mixture, loaded);
        Assert.Equal(Predict(changed, Sample.Prompts).Select(row => row.ToString()), Predict(loaded, Sample.Prompts).Select(row => row.ToString()));
        Assert.Equal(mixture.ToString(), loaded.GetLanguageModel().Model.ToString());
        Assert.NotEqual(Predict(fixture.Pipeline, Sample.Prompts).Select(row => row.ToString()), Predict(changed, Sample.Prompts).Select(row => row.ToString()));
    }

    [Fact]
    public void A_loaded_pipeline_is_changed_too_and_what_was_added_is_taken_away_again()
    {
        var loaded = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data);
        var changed = mlContext.SaveAndLoad(mlContext.LanguageModeling.ChangeModel(loaded, model => model.With(new NeuralCache { Weight = 0.5 })), fixture.Data);
        AssertColumnsAreOf(fixture.Pipeline.GetLanguageModel().Model.With(new NeuralCache { Weight = 0.5 }), changed);
        var plain = mlContext.LanguageModeling.ChangeModel(changed, model => model.WithoutCache());
        Assert.Equal(Predict(fixture.Pipeline, Sample.Prompts).Select(row => row.ToString()), Predict(plain, Sample.Prompts).Select(row => row.ToString()));
    }

    [Fact]
    public void A_language_model_alone_stays_one_and_a_pipeline_is_made_of_a_mixture()
    {
        var mixture = Sample.Model("the", "cat", "sat").With(new NeuralCache { Weight = 0.3 });
        var columns = new LanguageModelColumns { LogProbabilityColumnName = "LogProbability" };
        var data = mlContext.View("the cat the cat sat");
        var fitted = mlContext.LanguageModeling.FromModel(mixture, columns).Fit(data);
        Assert.Equal((float)mixture.Score("the cat the cat sat").LogProbability, fitted.Transform(data).Column<float>("LogProbability").Single());
        var changed = Assert.IsType<LanguageModelTransformer>(mlContext.LanguageModeling.ChangeModel(fitted, model => model.With(new NeuralCache { Weight = 0.9 })));
        Assert.Equal((float)changed.Model.Score("the cat the cat sat").LogProbability, changed.Transform(data).Column<float>("LogProbability").Single());
        Assert.Equal(0.9, changed.Model.Cache!.Weight);
        Assert.Equal(0.3, fitted.Model.Cache!.Weight);
    }

    [Fact]
    public void Figures_of_a_pipeline_are_those_of_its_mixture()
    {
        var changed = mlContext.LanguageModeling.ChangeModel(fixture.Pipeline, Mixture);
        var model = changed.GetLanguageModel().Model;
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, Sample.Lines.Select(line => line.ToLowerInvariant()));
        Assert.Equal(model.Evaluate(stream), mlContext.LanguageModeling.Evaluate(changed, fixture.Data));
        Assert.Equal(model.EvaluateLinesApart(stream), mlContext.LanguageModeling.EvaluateRowsApart(changed, fixture.Data));
    }

    [Fact]
    public void The_one_of_several_models_is_changed_that_is_named()
    {
        var data = mlContext.View("the cat");
        var both = mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat"), new LanguageModelColumns { NextWordColumnName = "First" })
            .Append(mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat"), new LanguageModelColumns { NextWordColumnName = "Second" })).Fit(data);
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.ChangeModel(both, model => model));
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.ChangeModel(both, model => model, index: 2));
        var models = mlContext.LanguageModeling.ChangeModel(both, model => model.With(new NeuralCache()), index: 1).GetLanguageModels();
        Assert.Equal([false, true], models.Select(model => model.Model.IsMixture));
        Assert.Equal(["First", "Second"], models.Select(model => model.Columns.NextWordColumnName));
    }

    [Fact]
    public void A_model_of_other_words_and_a_pipeline_without_one_are_refused()
    {
        Assert.Throws<ArgumentException>("model", () => mlContext.LanguageModeling.ChangeModel(fixture.Pipeline, _ => Sample.Model("the", "cat")));
        var data = mlContext.View("the cat");
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.ChangeModel(mlContext.Transforms.CopyColumns("Copied", "Text").Fit(data), model => model));
    }
}
