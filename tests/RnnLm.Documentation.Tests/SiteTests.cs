using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnLm.Documentation.Tests;

/// <summary>The site that docfx makes of the pages has all of them, and what it cannot show is not led to.</summary>
public sealed partial class SiteTests
{
    private const string Site = "docs";

    public static TheoryData<string> Pages => [.. Page.All.Where(path => path.StartsWith($"{Site}/", StringComparison.Ordinal))];

    [Fact]
    public void Every_page_is_in_the_table_of_contents_once()
        => Assert.Equal(PagesOfSite(), Contents().Where(target => !target.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_of_contents_leads_to_what_is_there() => Assert.All(Contents(), target => Assert.True(File.Exists(At(target)), target));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_since_a_site_does_not_list_folders(string path)
    {
        foreach (var (target, line) in Page.Of(path).Links)
            Assert.False(Directory.Exists(Path.Combine(Page.Repository, Path.GetDirectoryName(path)!, target)), $"{path}:{line}: {target} is a folder; name the page or the program in it.");
    }

    [Fact]
    public void The_reference_is_of_every_package_that_is_a_library()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(At("docfx.json")));
        var assemblies = settings.RootElement.GetProperty("metadata")[0].GetProperty("src")[0].GetProperty("files").EnumerateArray().Select(file => file.GetString());
        var libraries = Directory.EnumerateFiles(Path.Combine(Page.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => !File.ReadAllText(project).Contains("<PackAsTool>true", StringComparison.Ordinal)).Select(project => $"{Path.GetFileNameWithoutExtension(project)}.dll");
        Assert.Equal(libraries.Order(StringComparer.Ordinal), assemblies.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> PagesOfSite()
        => Directory.EnumerateFiles(Path.Combine(Page.Repository, Site), "*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    /// <summary>What the table of contents leads to, from the folder of the site.</summary>
    private static IEnumerable<string> Contents() => Target().Matches(File.ReadAllText(At("toc.yml"))).Select(target => target.Groups[1].Value);

    private static string At(string path) => Path.Combine(Page.Repository, Site, path);

    [GeneratedRegex("(?m)^ *href: (\\S+)$")]
    private static partial Regex Target();
}
