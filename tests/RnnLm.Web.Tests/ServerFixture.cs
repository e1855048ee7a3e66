namespace RnnLm.Web.Tests;

/// <summary>samples/Web: the model runs on the server.</summary>
public sealed class ServerFixture : PageFixture
{
    public override bool IsInBrowser => false;

    protected override Task<string[]> Prepare(string model) => Task.FromResult<string[]>([model]);
}
