namespace RnnLm.Web.Tests;

/// <summary>samples/Web.Browser, published as its README says: the model runs in the browser, and the server has files only.</summary>
public sealed class BrowserFixture : PageFixture
{
    public override bool IsInBrowser => true;

    protected override async Task<string[]> Prepare(string model)
    {
        var published = Path.Combine(Folder, "published");
        // It is built already, and nobody asks for the compressed files.
        var (exitCode, output, error) = await Samples.Run(
            "publish", Samples.BrowserProject, "-c", Samples.Configuration, "--no-build", "-o", published, $"-p:Model={model}", "-p:CompressionEnabled=false");
        Assert.True(exitCode == 0, $"dotnet publish: exit code {exitCode}\n{output}\n{error}");
        return ["browser", Path.Combine(published, "wwwroot")];
    }
}
