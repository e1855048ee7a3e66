namespace RnnLm.Documentation.Tests;

/// <summary>What the pages lead to is there.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings_that_are_there(string path)
    {
        foreach (var (target, line) in Page.Of(path).Links.Where(link => !IsAddress(link.Target)))
        {
            var parts = target.Split('#');
            var file = Path.Combine(Page.Repository, parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            Assert.True(Path.Exists(file), $"{path}:{line}: there is no {target}.");
            if (parts.Length == 1) continue;
            Assert.True(Page.Of(Path.GetRelativePath(Page.Repository, file)).Anchors.Contains(parts[1]), $"{path}:{line}: there is no heading for {target}.");
        }
    }

    [Fact]
    public void Pages_of_packages_have_no_links_that_only_the_repository_can_follow()
    {
        foreach (var path in Page.ForUsers.Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
            Assert.All(Page.Of(path).Links, link => Assert.True(IsAddress(link.Target), $"{path}:{link.Line}: {link.Target} leads nowhere on the page of the package."));
    }

    [Fact]
    public void Projects_that_commands_name_are_there()
    {
        foreach (var path in Page.ForUsers)
        {
            var page = Page.Of(path);
            var words = page.Blocks.Select(block => block.Text).Concat(page.Spans.Select(span => span.Code)).SelectMany(text => text.Split([' ', '\n']));
            foreach (var word in words.Where(word => word.StartsWith("samples/", StringComparison.Ordinal)))
                Assert.True(word.Contains("/bin/", StringComparison.Ordinal) || Path.Exists(Path.Combine(Page.Repository, word)), $"{path}: there is no {word}.");
        }
    }

    private static bool IsAddress(string target) => target.StartsWith("https://", StringComparison.Ordinal);
}
