using System.Reflection;
using Microsoft.ML;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm.Transforms.Tests;

/// <summary>The rows by which output columns are declared.</summary>
public sealed class OutputColumnTests
{
    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Options => [.. OptionProperties().Select(property => property.Name)];

    [Fact]
    public void Every_option_that_names_an_output_column_has_one_row_and_every_row_an_option()
        => Assert.Equal(OptionProperties().Select(property => property.Name).Order(), LanguageModelColumns.Outputs.Select(output => output.Option).Order());

    [Theory]
    [MemberData(nameof(Options))]
    public void A_row_names_the_column_that_its_option_names(string option)
    {
        var output = RowOf(option);
        var columns = None();
        output.SetName(columns, "Out");
        var data = mlContext.View("a b", "");

        var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Sample.Model("a", "b"), columns).Fit(data), data).Transform(data);

        Assert.Equal("Out", typeof(LanguageModelColumns).GetProperty(option)!.GetValue(columns));
        Assert.Equal(["Text", "Out"], transformed.Schema.VisibleColumns());
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_column_says_the_same_whether_it_is_asked_for_alone_or_with_all_others(string option)
    {
        var all = None();
        foreach (var output in LanguageModelColumns.Outputs) output.SetName(all, output.Option);
        var alone = None();
        RowOf(option).SetName(alone, option);

        Assert.Equal(Elements(all), Elements(alone));

        string[][] Elements(LanguageModelColumns columns)
        {
            var data = mlContext.View("a b", "", "b zebra");
            return mlContext.LanguageModeling.FromModel(Sample.Model("a", "b"), columns).Fit(data).Transform(data).ElementsOf(option);
        }
    }

    [Fact]
    public void Every_option_is_copied_and_later_changes_reach_neither_the_copy_nor_the_original()
    {
        var columns = new LanguageModelColumns { InputColumnName = "In", NextWordCount = 9, Exclude = SpecialWords.Unknown, Suggestions = new SuggestionOptions { Count = 4, EditCost = 3, BlockedWords = ["x"] } };
        foreach (var output in LanguageModelColumns.Outputs) output.SetName(columns, $"My{output.Option}");

        var copy = columns.CopyColumns();

        foreach (var property in typeof(LanguageModelColumns).GetProperties())
            Assert.Equivalent(property.GetValue(columns), property.GetValue(copy), strict: true);
        copy.PerplexityColumnName = null;
        copy.Suggestions.Count = 9;
        Assert.Equal("MyPerplexityColumnName", columns.PerplexityColumnName);
        Assert.Equal(4, columns.Suggestions.Count);
    }

    /// <summary>A trainer keeps its options as an estimator of a model that is there does.</summary>
    [Fact]
    public void Every_option_that_is_an_object_is_copied_with_those_of_a_training()
    {
        var options = new RecurrentNetworkOptions { Generation = new GenerationOptions(), ContinuationColumnName = "Continuation" };
        var copy = options.Clone();
        foreach (var property in typeof(LanguageModelColumns).GetProperties().Where(property => property.PropertyType.IsClass && property.PropertyType != typeof(string)))
        {
            Assert.NotSame(property.GetValue(options), property.GetValue(copy));
            Assert.Equivalent(property.GetValue(options), property.GetValue(copy), strict: true);
        }
    }

    private static IEnumerable<PropertyInfo> OptionProperties() => typeof(LanguageModelColumns).GetProperties()
        .Where(property => property.Name.EndsWith("ColumnName", StringComparison.Ordinal) && property.Name != nameof(LanguageModelColumns.InputColumnName));

    private static OutputColumn RowOf(string option) => LanguageModelColumns.Outputs.Single(output => output.Option == option);

    private static LanguageModelColumns None() => new() { NextWordColumnName = null };
}
