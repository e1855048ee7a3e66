using System.Reflection;

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

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_option_that_names_a_column_is_in_the_table_of_columns(string option)
        => Assert.Contains(option, Page.Of(ColumnsPage).Spans.Select(span => span.Code));

    [Fact]
    public void Every_package_has_a_page_of_its_own()
        => Assert.All(Directory.EnumerateDirectories(Path.Combine(Page.Repository, "src")), folder => Assert.True(File.Exists(Path.Combine(folder, "README.md")), folder));
}
