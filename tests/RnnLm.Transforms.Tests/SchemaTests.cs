using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>What is wrong is found before anything is trained: in <c>GetOutputSchema</c>, at the start of <c>Fit</c>, or when options are given.</summary>
public sealed class SchemaTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void A_missing_column_is_named_and_so_are_those_that_are_there()
    {
        var data = mlContext.Data.LoadFromEnumerable([new NumberedRow { Text = "a" }]);
        var options = Sample.FullOptions("Sentence");

        AssertSchemaFault(
            data, options,
            "Could not find input column 'Sentence' in the data. There are: Text (String), Number (Single). (Parameter 'inputSchema')");
    }

    [Fact]
    public void A_column_of_another_type_is_named_with_its_type_and_the_types_that_are_right()
    {
        var data = mlContext.Data.LoadFromEnumerable([new NumberedRow { Text = "a" }]);

        AssertSchemaFault(
            data, Sample.FullOptions("Number"),
            "Schema mismatch for input column 'Number': expected String, a vector of String (words), or a vector of Key with text as KeyValues (as MapWordsToKeys and MapValueToKey make them), got Single (Parameter 'inputSchema')");
    }

    [Fact]
    public void A_single_key_is_no_row_of_words()
    {
        var text = mlContext.View("a", "b");
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(text).Transform(text);

        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions("Key")).Fit(keys));

        Assert.StartsWith("Schema mismatch for input column 'Key': expected String, ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("got Key<UInt32, 0-1>", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fault_is_found_in_a_pipeline_before_the_steps_ahead_of_it_are_fitted()
    {
        var text = mlContext.View("a", "b");
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions("Key")));

        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(text));

        Assert.Contains("'Key'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Key<UInt32>", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_validation_data_is_checked_before_the_training_data_is_read()
    {
        var validation = mlContext.Data.LoadFromEnumerable([new WordsRow()]);

        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions(), validation).Fit(Unreadable()));

        Assert.Equal("Could not find input column 'Text' in the validation data. There are: Words (Vector<String>). (Parameter 'inputSchema')", fault.Message);
    }

    [Fact]
    public void A_column_with_one_of_our_own_names_is_refused()
    {
        var data = mlContext.Transforms.CopyColumns("__RnnLm.Payload", "Text").Fit(mlContext.View("a")).Transform(mlContext.View("a"));

        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data));

        Assert.StartsWith("The column '__RnnLm.Payload' has a name that language models keep for themselves", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_the_options_is_told_at_once_and_before_there_is_data()
    {
        var options = new RecurrentNetworkOptions
        {
            InputColumnName = "",
            NextWordColumnName = "Same",
            PerplexityColumnName = "Same",
            NextWordCount = 0,
            LogProbabilityColumnName = "__RnnLm.Words",
            ValidationFraction = 1,
            Training = new TrainingOptions { Epochs = 0, Dropout = 2 },
            Vocabulary = new VocabularyOptions { MinimumCount = 0 },
        };

        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options));

        string[] named =
        [
            "InputColumnName is empty", "NextWordColumnName and PerplexityColumnName are all \"Same\"", "NextWordCount is 0",
            "LogProbabilityColumnName is \"__RnnLm.Words\"", "ValidationFraction is 1", "Epochs is 0", "Dropout is 2", "MinimumCount is 0",
        ];
        Assert.All(named, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_without_any_output_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => mlContext.LanguageModeling.FromModel(Sample.Model("a"), new LanguageModelColumns { NextWordColumnName = null }));

        Assert.Equal("No output column is wanted; name at least one, such as NextWordColumnName.", fault.Message);
    }

    [Fact]
    public void Validation_data_and_a_share_held_out_exclude_each_other()
    {
        var options = Sample.FullOptions();
        options.ValidationFraction = 0.1;

        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, mlContext.View("a")));

        Assert.Equal("ValidationFraction is 0.1 and validation data is given; choose one of the two.", fault.Message);
    }

    [Fact]
    public void Options_changed_after_they_were_given_have_no_effect_and_are_not_changed_by_us()
    {
        var options = Sample.FullOptions();
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
        options.PerplexityColumnName = "Other";
        options.Training.HiddenSize = 99;
        options.Vocabulary.MaximumSize = 3;

        var model = trainer.Fit(mlContext.View(Sample.Lines));

        Assert.Equal(12, model.Model.Shape.HiddenSize);
        Assert.True(model.Model.Vocabulary.Count > 3);
        Assert.Equal("Perplexity", model.Columns.PerplexityColumnName);
        Assert.Null(options.Training.Progress);
    }

    [Fact]
    public void Data_without_a_word_is_refused()
    {
        var fault = Assert.Throws<InvalidOperationException>(
            () => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(mlContext.View(null, "", " ")));

        Assert.Equal("There is nothing to learn: no row of the column \"Text\" has a word. 3 rows were read.", fault.Message);
    }

    [Fact]
    public void Data_without_a_row_is_refused()
    {
        var fault = Assert.Throws<InvalidOperationException>(
            () => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(mlContext.View()));

        Assert.StartsWith("There is nothing to learn", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_data_without_a_word_is_refused_before_training()
    {
        var started = false;
        var options = Sample.FullOptions();
        options.Training.Progress = new Listener(_ => started = true);

        var fault = Assert.Throws<TrainingDataException>(
            () => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, mlContext.View(null, "")).Fit(mlContext.View(Sample.Lines)));

        Assert.Contains("validation", fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(started);
    }

    [Fact]
    public void The_shape_of_a_pipeline_tells_the_columns_before_there_is_a_model()
    {
        var shape = new ShapeWatcher();
        var text = mlContext.View(Sample.Lines);

        new EstimatorChain<ITransformer>()
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()))
            .Append(shape)
            .Fit(text);

        string[] expected =
        [
            "Text Scalar String", "NextWord Scalar String", "NextWordKey Scalar UInt32", "NextWords Vector String", "Probabilities Vector Single",
            "UnknownProbability Scalar Single", "EndOfLineProbability Scalar Single", "LogProbability Scalar Single", "Perplexity Scalar Single", "WordCount Scalar Int32",
            "UnknownWordCount Scalar Int32",
        ];
        Assert.Equal(expected.Order(), shape.Shape!.Select(column => $"{column.Name} {column.Kind} {column.ItemType}").Order());
    }

    [Fact]
    public void The_keys_of_a_vocabulary_are_known_and_its_faults_found_before_there_is_data()
    {
        var shape = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").GetOutputSchema(ShapeWatcher.ShapeOf(mlContext.ViewOfWords(["a"])));
        Assert.Equal(["Words", "Keys"], shape.Select(column => column.Name));
        Assert.True(shape[1].IsKey);
        Assert.Contains(shape[1].Annotations, annotation => annotation.Name == "KeyValues" && annotation.ItemType is TextDataViewType);
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => mlContext.LanguageModeling.MapWordsToKeys("Keys", "Text").GetOutputSchema(ShapeWatcher.ShapeOf(mlContext.View("a"))));
        Assert.Contains("expected a vector of String", fault.Message, StringComparison.Ordinal);
    }

    private void AssertSchemaFault(IDataView data, RecurrentNetworkOptions options, string message)
    {
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => new EstimatorChain<ITransformer>().Append(trainer).GetOutputSchema(ShapeWatcher.ShapeOf(data))).Message);
    }

    private IDataView Unreadable()
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select<int, TextRow>(_ => throw new InvalidOperationException("This data is not to be read.")));
}
