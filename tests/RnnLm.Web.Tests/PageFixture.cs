using Microsoft.Playwright;

namespace RnnLm.Web.Tests;

/// <summary>A server of the page, and a browser to open it in; for all tests of a class.</summary>
public abstract class PageFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-web-");
    private RunningServer? server;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Whether the model runs in the browser.</summary>
    public abstract bool IsInBrowser { get; }

    public Uri Address => server!.Address;

    /// <summary>A folder for the files of the tests.</summary>
    protected string Folder => folder.FullName;

    /// <summary>What samples/Web is started with to serve the page with a model.</summary>
    /// <param name="model">The model's file.</param>
    protected abstract Task<string[]> Prepare(string model);

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        server = await RunningServer.Start(await Prepare(SavedModel()));
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        server?.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Opens the page as a browser does that was never here.</summary>
    public async Task<OpenPage> Open(BrowserNewContextOptions? options = null)
    {
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout((float)Samples.Patience.TotalMilliseconds);
        var open = new OpenPage(context, await context.NewPageAsync(), Address);
        await open.Load();
        return open;
    }

    private string SavedModel()
    {
        // MODEL names another one, to take pictures with.
        if (Environment.GetEnvironmentVariable("MODEL") is { Length: > 0 } named) return named;
        var path = Path.Combine(Folder, "cat.rnnlm");
        CatModel.Get().Save(path);
        return path;
    }
}
