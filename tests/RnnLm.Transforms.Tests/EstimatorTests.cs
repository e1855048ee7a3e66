using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Every estimator in every configuration, on everything that it can take and on everything that it cannot.</summary>
public sealed class EstimatorTests
{
    private const string Missing = "nothing";

    private static readonly string[] Texts = ["the cat sat", "", "a dog", "the zebra saw the dog", "cat"];
    private static readonly string[] Inputs = ["Text", "Words", "FiveWords", "Keys", "FiveKeys"];
    private static readonly string[] Others = ["Number", "Numbers", "TextKey", "NumberKeys", Missing];

    private static readonly Dictionary<string, Configuration> All = Configurations().ToDictionary(configuration => configuration.Name);

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string, string> NamesAndWrongColumns
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var configuration in All.Values)
                foreach (var column in Inputs.Concat(Others).Where(column => !configuration.Takes.Contains(column)))
                    if (configuration.IsRefusing) pairs.Add(configuration.Name, column);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_promised_fitted_saved_loaded_and_read_in_any_way_is_the_same(string name)
        => EstimatorWorkout.OnValidData(mlContext, All[name].Create(mlContext), Data(mlContext));

    [Theory]
    [MemberData(nameof(NamesAndWrongColumns))]
    public void Another_type_and_a_missing_column_are_refused_at_every_door(string name, string wrongColumn)
    {
        var (configuration, data) = (All[name], Data(mlContext));
        IEstimator<ITransformer> spoil = wrongColumn == Missing
            ? mlContext.Transforms.DropColumns(configuration.Column)
            : mlContext.Transforms.CopyColumns(configuration.Column, wrongColumn);
        EstimatorWorkout.OnInvalidData(mlContext, configuration.Create(mlContext), data, spoil.Fit(data).Transform(data), configuration.Column);
    }

    /// <summary>A fitted pipeline has one kind of input; another kind, which another pipeline of the same estimator can take, is none for it.</summary>
    [Theory]
    [InlineData("Text", "Words")]
    [InlineData("Text", "Keys")]
    [InlineData("Words", "Text")]
    [InlineData("Words", "Keys")]
    [InlineData("Keys", "Text")]
    [InlineData("Keys", "Words")]
    public void A_language_model_that_was_fitted_to_one_kind_of_column_refuses_another(string fitted, string given)
    {
        var data = Data(mlContext);
        var columns = AllColumns(fitted);
        ITransformer transformer = mlContext.LanguageModeling.FromModel(Model(), columns).Fit(data);
        var other = mlContext.Transforms.CopyColumns(fitted, given).Fit(data).Transform(data);

        foreach (var use in new Action[] { () => transformer.Transform(other), () => transformer.GetOutputSchema(other.Schema), () => transformer.GetRowToRowMapper(other.Schema) })
            Assert.StartsWith($"Schema mismatch for input column '{fitted}': expected ", Assert.Throws<ArgumentOutOfRangeException>(use).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => mlContext.SaveAndLoad(transformer, data).Transform(other));
    }

    private static IEnumerable<Configuration> Configurations()
    {
        yield return new("text by running text", "Text", ["Text"], ml => ml.LanguageModeling.TokenizeText("Out", "Text"));
        yield return new("text by characters, in its own place", "Text", ["Text"], ml => ml.LanguageModeling.TokenizeText("Text", null, Tokenizer.Characters));
        yield return new(
            "two texts", "Text", ["Text"],
            ml => ml.LanguageModeling.TokenizeText([new InputOutputColumnPair("Out", "Text"), new InputOutputColumnPair("Out2", "OtherText")]));
        yield return new("words", "Words", ["Words", "FiveWords"], ml => ml.LanguageModeling.MapWordsToKeys("Out", "Words"));
        yield return new("few words, in their own place", "Words", ["Words", "FiveWords"], ml => ml.LanguageModeling.MapWordsToKeys("Words", null, maximumNumberOfKeys: 4));
        yield return new("five words", "FiveWords", ["FiveWords"], ml => ml.LanguageModeling.MapWordsToKeys("Out", "FiveWords")) { IsRefusing = false };
        yield return new(
            "words and five words", "Words", ["Words", "FiveWords"],
            ml => ml.LanguageModeling.MapWordsToKeys(
                [new InputOutputColumnPair("Out", "Words"), new InputOutputColumnPair("Out2", "FiveWords")], new VocabularyOptions { MinimumCount = 2 }));
        foreach (var input in Inputs)
        {
            yield return new($"a model on {input}, every output", input, Inputs, ml => ml.LanguageModeling.FromModel(Model(), AllColumns(input)));
            yield return new(
                $"a network on {input}", input, Inputs, ml =>
                {
                    var options = Sample.FullOptions(input);
                    options.Training = Sample.Training(epochs: 1);
                    options.Training.BatchSize = 1;
                    return ml.LanguageModeling.Trainers.RecurrentNetwork(options);
                })
            {
                IsRefusing = input == "Text",
            };
        }
        foreach (var output in LanguageModelColumns.Outputs)
            yield return new(
                $"a model, {output.Option} alone", "Text", Inputs, ml =>
                {
                    var columns = new LanguageModelColumns { NextWordColumnName = null };
                    output.SetName(columns, "Out");
                    return ml.LanguageModeling.FromModel(Model(), columns);
                })
            {
                IsRefusing = false,
            };
        foreach (var count in new[] { 1, 2, 3, 4, 6, 7, 8, 1000 })
            yield return new(
                $"a model, {count} next words", "Text", Inputs, ml =>
                {
                    var columns = AllColumns("Text");
                    columns.NextWordCount = count;
                    return ml.LanguageModeling.FromModel(Model(), columns);
                })
            {
                IsRefusing = false,
            };
        yield return new("a quantised model", "Text", Inputs, ml => ml.LanguageModeling.FromModel(Model().Quantize(), AllColumns("Text"))) { IsRefusing = false };
        yield return new(
            "a model that offers the end of the line, in the place of the text", "Text", Inputs,
            ml => ml.LanguageModeling.FromModel(Model(), new LanguageModelColumns { NextWordColumnName = "Text", Exclude = SpecialWords.Unknown }))
        {
            IsRefusing = false,
        };
    }

    private static LanguageModel Model() => Sample.Model("the", "cat", "dog", "a", "sat", "saw");

    private static LanguageModelColumns AllColumns(string input)
    {
        var columns = new LanguageModelColumns { InputColumnName = input };
        foreach (var output in LanguageModelColumns.Outputs.Where(output => input == "Text" || !output.NeedsText)) output.SetName(columns, output.Option);
        return columns;
    }

    private static IDataView Data(MLContext mlContext)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.FiveWords)].ColumnType = new VectorDataViewType(TextDataViewType.Instance, 5);
        schema[nameof(Row.Numbers)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        var rows = mlContext.Data.LoadFromEnumerable(
            Texts.Select(text => new Row
            {
                Text = text,
                OtherText = $"{text} again",
                Words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                FiveWords = [.. text.Split(' ').Concat(Enumerable.Repeat("", 5)).Take(5)],
                Number = text.Length,
                Numbers = [1, text.Length],
            }), schema);
        return mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words", maximumNumberOfKeys: 4)
            .Append(mlContext.Transforms.Conversion.MapValueToKey("FiveKeys", "FiveWords", maximumNumberOfKeys: 4))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("TextKey", "Text"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("NumberKeys", "Numbers"))
            .Fit(rows).Transform(rows);
    }

    /// <param name="Name">What the configuration is.</param>
    /// <param name="Column">The column that the estimator reads.</param>
    /// <param name="Takes">The columns that it could read as well, if they had that name.</param>
    /// <param name="Create">Makes the estimator.</param>
    private sealed record Configuration(string Name, string Column, string[] Takes, Func<MLContext, IEstimator<ITransformer>> Create)
    {
        /// <summary>Whether wrong columns are tried; what decides about them is the same in other configurations.</summary>
        public bool IsRefusing { get; init; } = true;
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string OtherText { get; set; } = "";

        public string[] Words { get; set; } = [];

        public string[] FiveWords { get; set; } = [];

        public float Number { get; set; }

        public float[] Numbers { get; set; } = [];
    }
}
