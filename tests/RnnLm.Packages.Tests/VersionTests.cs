namespace RnnLm.Packages.Tests;

/// <summary>The version that git tells.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public class VersionTests(PackedSources packed)
{
    [GitFact]
    public async Task A_tag_is_the_version_and_what_follows_it_leads_to_the_next_one()
    {
        var folder = packed.Folder("sources-in-git");
        Sources.CopyTo(folder);
        await Git(folder, "init", "--quiet");
        await Commit(folder, "The first version");
        await Git(folder, "tag", "v1.2.3");
        await packed.Dotnet.Run(folder, "restore", "src/RnnLm.Core", "--nologo", "-v", "q");
        Assert.Equal("1.2.3", await Version(folder));
        await Commit(folder, "More");
        Assert.Equal("1.2.4-alpha.0.1", await Version(folder));
    }

    private async Task<string> Version(string folder)
        => (await packed.Dotnet.Run(folder, "build", "src/RnnLm.Core", "-t:MinVer", "-getProperty:Version", "--no-restore", "-c", "Release")).Trim();

    private Task<string> Git(string folder, params string[] arguments) => packed.Dotnet.Run("git", folder, arguments);

    private Task<string> Commit(string folder, string message)
        => Git(folder, "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m", message);
}
