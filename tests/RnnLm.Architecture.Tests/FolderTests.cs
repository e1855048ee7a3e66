using Xunit.Abstractions;

namespace RnnLm.Architecture.Tests;

public sealed class FolderTests(ITestOutputHelper output)
{
    // A name or a type is not found. (Members may be: what code generators write is not there.)
    private static readonly string[] NotFound = ["CS0103", "CS0234", "CS0246"];

    public static TheoryData<string> Projects => [.. Sources.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_do_not_use_one_another_in_a_circle(string project)
    {
        var edges = FolderGraph.Of(Sources.Of(project));
        foreach (var edge in edges) output.WriteLine(edge.ToString());
        var circle = FolderGraph.Cyclic(edges);
        Assert.True(circle.Count == 0, string.Join(Environment.NewLine, circle));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_name_in_the_sources_is_understood(string project)
        => Assert.Empty(Sources.Of(project).Compilation.GetDiagnostics().Where(diagnostic => NotFound.Contains(diagnostic.Id)));

    [Fact]
    public void A_circle_is_found_over_any_number_of_folders_and_what_only_leads_to_it_is_not_part_of_it()
    {
        FolderGraph.Edge[] edges = [new("A", "B", []), new("B", "C", []), new("C", "A", []), new("D", "A", []), new("A", "E", [])];
        Assert.Equal(edges[..3], FolderGraph.Cyclic(edges));
    }
}
