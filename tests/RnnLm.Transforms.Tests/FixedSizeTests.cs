using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Vectors of a size that ML.NET knows, which other components need.</summary>
public sealed class FixedSizeTests
{
    private static readonly string[] ManyWords = [.. Enumerable.Range(0, 300).Select(i => $"w{i}")];

    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(255)]
    [InlineData(300)]
    public void Any_number_of_next_words_has_its_own_size_and_the_words_of_the_model(int count)
    {
        var model = Sample.Model(ManyWords);
        var data = mlContext.View("w3 w4", "", "w299");

        var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, Columns(count)).Fit(data), data).Transform(data);

        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, count), transformed.Schema["NextWords"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, count), transformed.Schema["Probabilities"].Type);
        NextWordPredictions[] expected = [.. data.Column<string>("Text").Select(text => model.NextWords(text, count))];
        Assert.Equal(expected.Select(next => next.Select(word => word.Word)), transformed.Column<string[]>("NextWords"));
        Assert.Equal(expected.Select(next => next.Select(word => (float)word.Probability)), transformed.Column<float[]>("Probabilities"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(65_536, "65,536")]
    public void A_number_of_next_words_that_no_column_can_have_is_refused(int count, string text)
    {
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Sample.Model("a"), Columns(count)));
        Assert.Equal($"NextWordCount is {text}; it must be from 1 to 65,535.", fault.Message);
    }

    [Fact]
    public void A_model_without_a_word_to_predict_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Sample.Model()));
        Assert.StartsWith("The vocabulary of the model has no word that could come next", fault.Message, StringComparison.Ordinal);
        var data = mlContext.View("a");
        var columns = new LanguageModelColumns { Exclude = SpecialWords.Unknown };
        Assert.Equal(["<eos>"], mlContext.LanguageModeling.FromModel(Sample.Model(), columns).Fit(data).Transform(data).Column<string>("NextWord"));
    }

    [Fact]
    public void Probabilities_are_features_of_another_trainer()
    {
        var data = mlContext.Data.LoadFromEnumerable(Sample.Lines.Select(line => new LabelledRow { Text = line, Animal = line.Contains("dog", StringComparison.Ordinal) ? "dog" : "other" }));
        var pipeline = mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat", "dog", "sat"), Columns(3))
            .Append(mlContext.Transforms.Text.FeaturizeText("Words", "NextWord"))
            .Append(mlContext.Transforms.Concatenate("Features", "Probabilities", "LogProbability", "Words"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Animal"))
            .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 20));

        var fitted = pipeline.Fit(data);

        var predicted = mlContext.SaveAndLoad(fitted, data).Transform(data);
        Assert.Equal(fitted.Transform(data).Column<uint>("PredictedLabel"), predicted.Column<uint>("PredictedLabel"));
        Assert.True(mlContext.MulticlassClassification.Evaluate(predicted).LogLoss < 1);
    }

    [Fact]
    public void Next_words_and_probabilities_come_back_from_a_text_file()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.View("the cat", "", "dog sat the");
        var transformed = mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat", "dog", "sat"), Columns(3)).Fit(data).Transform(data);
        var chosen = mlContext.Transforms.SelectColumns("NextWords", "Probabilities").Fit(transformed).Transform(transformed);
        using (var file = File.Create(folder.File("words.tsv"))) mlContext.Data.SaveAsText(chosen, file, headerRow: false, schema: false);

        var read = mlContext.Data.LoadFromTextFile(
            folder.File("words.tsv"), [new("NextWords", DataKind.String, 0, 2), new("Probabilities", DataKind.Single, 3, 5)]);

        Assert.Equal(transformed.Column<string[]>("NextWords"), read.Column<string[]>("NextWords"));
        Assert.Equal(transformed.Column<float[]>("Probabilities"), read.Column<float[]>("Probabilities"));
    }

    [Fact]
    public void The_next_word_is_a_predicted_label_whose_values_are_the_vocabulary_even_after_a_load()
    {
        var model = Sample.Model("the", "cat", "dog", "sat");
        var data = mlContext.View("the cat", "", "dog sat the");
        var columns = new LanguageModelColumns { NextWordKeyColumnName = "PredictedLabel" };

        var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, columns).Fit(data), data).Transform(data);

        var values = default(VBuffer<ReadOnlyMemory<char>>);
        transformed.Schema["PredictedLabel"].GetKeyValues(ref values);
        Assert.Equal(model.Vocabulary, values.DenseValues().Select(value => value.ToString()));
        var back = mlContext.Transforms.Conversion.MapKeyToValue("Back", "PredictedLabel").Fit(transformed).Transform(transformed);
        Assert.Equal(transformed.Column<string>("NextWord"), back.Column<string>("Back"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(100)]
    public void Keys_of_vectors_of_a_known_size_have_that_size(int size)
    {
        var (data, words) = Vectors(size);
        var keys = mlContext.SaveAndLoad(mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(data), data).Transform(data);
        var varying = mlContext.ViewOfWords(words);

        Assert.Equal(size, ((VectorDataViewType)keys.Schema["Keys"].Type).Size);
        Assert.Equal(
            mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(varying).Transform(varying).Column<uint[]>("Keys"), keys.Column<uint[]>("Keys"));
    }

    [Fact]
    public void Vectors_of_another_size_than_the_pipeline_was_fitted_to_are_refused()
    {
        var (data, _) = Vectors(4);
        var (others, _) = Vectors(5);
        var varying = mlContext.ViewOfWords(["a"], ["a", "b", "c", "d"]);
        var fitted = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(data);
        var loaded = mlContext.SaveAndLoad(fitted, data);

        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Transform(others));
        Assert.StartsWith("Schema mismatch for input column 'Words': expected a vector of 4 Strings, as the pipeline was fitted to, got Vector<String, 5>", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Transform(varying));
        foreach (var other in new[] { others, varying })
        {
            var atRow = Assert.ThrowsAny<Exception>(() => loaded.Transform(other).Column<uint[]>("Keys"));
            Assert.Contains("where MapWordsToKeys was fitted to vectors of 4", atRow.ToString(), StringComparison.Ordinal);
        }
    }

    private static LanguageModelColumns Columns(int count) => new()
    {
        NextWordsColumnName = "NextWords",
        ProbabilitiesColumnName = "Probabilities",
        LogProbabilityColumnName = "LogProbability",
        NextWordCount = count,
    };

    private (IDataView Data, string[][] Words) Vectors(int size)
    {
        var schema = SchemaDefinition.Create(typeof(WordsRow));
        schema["Words"].ColumnType = new VectorDataViewType(TextDataViewType.Instance, size);
        string[][] words = [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, size).Select(i => i % 5 == 4 ? "" : $"w{(i + row) % 7}").ToArray())];
        return (mlContext.Data.LoadFromEnumerable(words.Select(row => new WordsRow { Words = row }), schema), words);
    }

    private sealed class LabelledRow
    {
        public string Text { get; set; } = "";

        public string Animal { get; set; } = "";
    }
}
