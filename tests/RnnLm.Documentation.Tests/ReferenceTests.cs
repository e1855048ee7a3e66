using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML;

namespace RnnLm.Documentation.Tests;

/// <summary>What the pages are to tell all of, they tell all of.</summary>
public sealed class ReferenceTests
{
    private const string ColumnsPage = "docs/columns.md";

    public static TheoryData<string> Columns =>
    [
        .. typeof(LanguageModelColumns).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Concat(typeof(RescoringColumns).GetProperties()).Where(property => property.PropertyType == typeof(string)).Select(property => property.Name),
    ];

    public static TheoryData<string> Estimators =>
    [
        .. typeof(RecurrentNetworkTrainer).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEstimator<>))).Select(type => type.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_option_that_names_a_column_is_in_the_table_of_columns(string option)
        => Assert.Contains(option, Page.Of(ColumnsPage).Spans.Select(span => span.Code));

    [Fact]
    public void Every_package_has_a_page_of_its_own()
        => Assert.All(Directory.EnumerateDirectories(Path.Combine(Page.Repository, "src")), folder => Assert.True(File.Exists(Path.Combine(folder, "README.md")), folder));

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Every_estimator_says_what_it_reads_makes_and_needs(string type)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(RecurrentNetworkTrainer).Assembly.Location, ".xml"));
        var member = documentation.Descendants("member").Single(member => (string?)member.Attribute("name") == $"T:{type}");
        string[] characteristics = [.. member.Elements("remarks").Elements("list").Elements("item").Elements("term").Select(term => term.Value)];
        Assert.All((string[])["Input column data type", "Output column data type", "Exportable to ONNX"], expected => Assert.Contains(expected, characteristics));
        Assert.Contains(type.EndsWith("Trainer", StringComparison.Ordinal) ? "Is caching required?" : "Does this estimator need to look at the data to train its parameters?", characteristics);
    }
}
