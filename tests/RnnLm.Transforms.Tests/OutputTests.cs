using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

public sealed class OutputTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    [Fact]
    public void Every_column_says_what_the_model_says()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;

        var rows = mlContext.Data.CreateEnumerable<FullPrediction>(fixture.Pipeline.Transform(mlContext.View("the cat zebra")), reuseRowObject: false);

        var row = Assert.Single(rows);
        var next = model.NextWords("the cat zebra", 3);
        var score = model.Score("the cat zebra");
        Assert.Equal(next[0].Word, row.NextWord);
        Assert.Equal(next.Select(word => word.Word), row.NextWords);
        Assert.Equal(next.Select(word => (float)word.Probability), row.Probabilities);
        Assert.Equal((float)next.UnknownProbability, row.UnknownProbability);
        Assert.Equal((float)next.EndOfLineProbability, row.EndOfLineProbability);
        Assert.Equal((uint)next[0].Id + 1, row.NextWordKey);
        Assert.Equal((float)score.LogProbability, row.LogProbability);
        Assert.Equal((float)score.Perplexity, row.Perplexity, 1e-4f);
        Assert.Equal(4, row.WordCount);
        Assert.Equal(1, row.UnknownWordCount);
    }

    [Fact]
    public void Columns_have_the_types_they_are_documented_with()
    {
        var schema = fixture.Pipeline.GetOutputSchema(fixture.Data.Schema);

        Assert.Equal(TextDataViewType.Instance, schema["NextWord"].Type);
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 3), schema["NextWords"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Probabilities"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["UnknownProbability"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["EndOfLineProbability"].Type);
        Assert.Equal(new KeyDataViewType(typeof(uint), fixture.Pipeline.GetLanguageModel().Model.Vocabulary.Count), schema["NextWordKey"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["LogProbability"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["Perplexity"].Type);
        Assert.Equal(NumberDataViewType.Int32, schema["WordCount"].Type);
        Assert.Equal(NumberDataViewType.Int32, schema["UnknownWordCount"].Type);
    }

    [Fact]
    public void The_next_word_is_the_same_whether_it_is_asked_for_alone_or_with_others()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;
        var data = mlContext.View([.. Sample.Lines, .. Sample.Prompts]);

        var alone = mlContext.LanguageModeling.FromModel(model).Fit(data).Transform(data).Column<string>("NextWord");
        var withOthers = mlContext.LanguageModeling.FromModel(model, Sample.FullOptions()).Fit(data).Transform(data).Column<string>("NextWord");

        Assert.Equal(alone, withOthers);
    }

    [Fact]
    public void More_next_words_than_the_vocabulary_has_are_all_it_has_but_those_excluded()
    {
        var columns = new LanguageModelColumns { NextWordsColumnName = "NextWords", ProbabilitiesColumnName = "Probabilities", NextWordCount = 1000 };
        var data = mlContext.View("b a");

        var predicted = mlContext.LanguageModeling.FromModel(Sample.Model("a", "b", "c"), columns).Fit(data).Transform(data);

        Assert.Equal(["a", "b", "c"], predicted.Column<string[]>("NextWords").Single().Order());
        Assert.Equal(3, predicted.Column<float[]>("Probabilities").Single().Length);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), predicted.Schema["Probabilities"].Type);
        columns.Exclude = SpecialWords.Unknown;
        var withEnd = mlContext.LanguageModeling.FromModel(Sample.Model("a", "b", "c"), columns).Fit(data).Transform(data);
        Assert.Equal(["<eos>", "a", "b", "c"], withEnd.Column<string[]>("NextWords").Single().Order());
    }

    [Fact]
    public void Only_the_columns_asked_for_are_made()
    {
        var columns = new LanguageModelColumns { NextWordColumnName = null, PerplexityColumnName = "P" };
        var data = mlContext.View("a");

        var schema = mlContext.LanguageModeling.FromModel(Sample.Model("a"), columns).Fit(data).GetOutputSchema(data.Schema);

        Assert.Equal(["Text", "P"], schema.VisibleColumns());
    }

    [Fact]
    public void An_output_may_take_the_place_of_the_input()
    {
        var columns = new LanguageModelColumns { NextWordColumnName = "Text" };
        var data = mlContext.View("a");
        var model = Sample.Model("a", "b");

        var predicted = mlContext.LanguageModeling.FromModel(model, columns).Fit(data).Transform(data);

        Assert.Equal(model.NextWord("a"), predicted.Column<string>("Text").Single());
    }

    /// <summary>ML.NET runs a step only where a column that depends on it is read; so the dependencies are what there is to check.</summary>
    [Theory]
    [InlineData("NextWord", "NextWord", "LogProbability", "CountedWords")]
    [InlineData("NextWordKey", "NextWord", "LogProbability", "CountedWords")]
    [InlineData("NextWords", "Words.1", "LogProbability", "CountedWords", "Words.4", "Probabilities.1")]
    [InlineData("Probabilities", "Probabilities.2", "LogProbability", "CountedWords", "Probabilities.4", "Words.1")]
    [InlineData("UnknownProbability", "UnknownProbability", "LogProbability", "CountedWords")]
    [InlineData("EndOfLineProbability", "EndOfLineProbability", "LogProbability", "CountedWords")]
    [InlineData("LogProbability", "LogProbability", "NextWord", "CountedWords")]
    [InlineData("Perplexity", "Perplexity", "NextWord", "CountedWords")]
    [InlineData("WordCount", "CountedWords", "NextWord", "LogProbability")]
    [InlineData("UnknownWordCount", "CountedUnknownWords", "NextWord", "LogProbability")]
    public void What_is_not_read_is_not_computed(string read, string needed, params string[] notNeeded)
    {
        var loaded = (IEnumerable<ITransformer>)mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data);
        var schema = loaded.First().GetOutputSchema(fixture.Data.Schema);
        var mappers = new List<IRowToRowMapper>();
        foreach (var step in (IEnumerable<ITransformer>)loaded.ElementAt(1))
        {
            mappers.Add(step.GetRowToRowMapper(schema));
            schema = mappers[^1].OutputSchema;
        }

        IEnumerable<DataViewSchema.Column> columns = [schema[read]];
        var active = new HashSet<string>();
        foreach (var mapper in Enumerable.Reverse(mappers))
        {
            columns = [.. mapper.GetDependencies(columns)];
            active.UnionWith(columns.Select(column => column.Name));
        }

        Assert.Contains($"__RnnLm.{needed}", active);
        Assert.All(notNeeded, column => Assert.DoesNotContain($"__RnnLm.{column}", active));
        Assert.DoesNotContain("__RnnLm.InputType", active);
    }

    [Fact]
    public void Nothing_at_all_is_computed_for_a_column_that_was_there_before()
    {
        var data = mlContext.View("a", "b");

        var transformed = mlContext.LanguageModeling.FromModel(Sample.Model("a"), Sample.FullOptions()).Fit(data).Transform(data);

        Assert.Equal(["a", "b"], transformed.Column<string>("Text"));
    }
}
