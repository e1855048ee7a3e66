using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>Copies of options: an option that somebody adds and forgets to copy is found here.</summary>
public sealed class OptionCopyTests
{
    public static TheoryData<string> Options => [.. PropertiesOf(typeof(RecurrentNetworkOptions)).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_in_a_copy_as_it_was_set_and_later_changes_do_not_reach_it(string option)
    {
        var options = new RecurrentNetworkOptions();
        SetToOther(options, typeof(RecurrentNetworkOptions).GetProperty(option)!);

        var copy = options.Clone();

        foreach (var property in PropertiesOf(typeof(RecurrentNetworkOptions))) AssertCopied(property.GetValue(options), property.GetValue(copy), property.Name);
        if (typeof(LanguageModelColumns).GetProperty(option) is null) return;
        var columns = options.CopyColumns();
        foreach (var property in PropertiesOf(typeof(LanguageModelColumns))) AssertCopied(property.GetValue(options), property.GetValue(columns), property.Name);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_that_is_null_is_copied_for_the_validation_to_tell_of(string option)
    {
        var property = typeof(RecurrentNetworkOptions).GetProperty(option)!;
        if (property.PropertyType.IsValueType) return;
        var options = new RecurrentNetworkOptions();
        property.SetValue(options, null);
        Assert.Null(property.GetValue(options.Clone()));
        if (property.DeclaringType == typeof(LanguageModelColumns)) Assert.Null(property.GetValue(options.CopyColumns()));
    }

    [Fact]
    public void What_changes_after_a_trainer_was_made_does_not_reach_it()
    {
        var options = Sample.FullOptions();
        (options.SuggestionsColumnName, options.SummaryColumnName, options.ExplainedWordColumnName) = ("Suggestions", "Summary", "Explained");
        options.Suggestions.Count = 2;
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View(Sample.Lines);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
        (options.Suggestions.Count, options.Summary.Sentences, options.Reasons.Word) = (9, 1, "zebra");

        var columns = trainer.Fit(data).Columns;

        Assert.Equal((2, null, null), (columns.Suggestions.Count, columns.Summary.Sentences, columns.Reasons.Word));
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type)
        => type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    private static void SetToOther(object owner, PropertyInfo property)
    {
        var before = property.GetValue(owner);
        var other = OtherThan(before, property.PropertyType);
        property.SetValue(owner, other);
        Assert.NotEqual(before, property.GetValue(owner));
    }

    /// <summary>Another value than an option has; of an object of options, one of which no option has its default.</summary>
    private static object OtherThan(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "Other";
        if (type == typeof(bool)) return value is not true;
        if (type == typeof(int)) return (value as int? ?? 0) + 1;
        if (type == typeof(double)) return (value as double? ?? 0) + 0.25;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().First(other => !other.Equals(value));
        if (type == typeof(CancellationToken)) return new CancellationToken(canceled: true);
        if (type == typeof(IReadOnlyList<string>)) return new List<string> { "Other" };
        if (type == typeof(IReadOnlyList<int>)) return new List<int> { 7 };
        if (type == typeof(Tokenizer)) return Tokenizer.Characters;
        if (type == typeof(LanguageModel)) return Sample.Model("a");
        if (type == typeof(ITrainingEngine)) return new FailingEngine(0);
        if (type == typeof(TrainingOptions)) return new TrainingOptions { HiddenSize = 7, Optimizer = new Adam { LearningRate = 7 } };
        var options = Activator.CreateInstance(type)!;
        foreach (var property in PropertiesOf(type)) SetToOther(options, property);
        return options;
    }

    private static void AssertCopied(object? expected, object? copy, string path)
    {
        if (expected is null or string or ValueType)
        {
            Assert.True(Equals(expected, copy), $"{path} is {expected ?? "null"}, and of the copy {copy ?? "null"}.");
            return;
        }
        Assert.True(copy is not null, $"{path} is null in the copy.");
        var isShared = expected is Tokenizer or LanguageModel or ITrainingEngine;
        Assert.True(ReferenceEquals(expected, copy) == isShared, $"{path} is {(isShared ? "another" : "the same")} object in the copy.");
        if (isShared) return;
        if (expected is TrainingOptions training) Assert.Equal(training.Describe(), ((TrainingOptions)copy).Describe());
        else if (expected is IEnumerable) Assert.Equal((IEnumerable)expected, (IEnumerable)copy);
        else foreach (var property in PropertiesOf(expected.GetType())) AssertCopied(property.GetValue(expected), property.GetValue(copy), $"{path}.{property.Name}");
    }
}
