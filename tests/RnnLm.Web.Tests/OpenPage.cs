using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace RnnLm.Web.Tests;

/// <summary>The page in a browser, and what it asked for and complained of.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly Uri address;

    public OpenPage(IBrowserContext context, IPage page, Uri address)
    {
        this.context = context;
        this.address = address;
        Page = page;
        context.Request += (_, request) => Requests.Add(request);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public ConcurrentBag<IRequest> Requests { get; } = [];

    /// <summary>Errors of scripts, and what was refused by the content security policy.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];

    public IResponse? Response { get; private set; }

    public ILocator Field => Page.GetByLabel("Your text");

    public ILocator Ghost => Page.Locator("#ghost");

    public ILocator Spoken => Page.Locator("#spoken");

    public ILocator Saved => Page.Locator("#saved");

    public ILocator Why => Page.Locator("#why");

    public ILocator Takes => Page.Locator(".take");

    public ILocator Asks => Page.Locator(".ask");

    /// <summary>Loads the page anew and waits until its model is there.</summary>
    public async Task Load()
    {
        Response = await Page.GotoAsync(address.AbsoluteUri);
        await Assertions.Expect(Page.Locator("#model")).ToContainTextAsync("words");
    }

    /// <summary>Types as a person does.</summary>
    public async Task Type(string text)
    {
        await Field.FocusAsync();
        await Page.Keyboard.TypeAsync(text);
    }

    public Task Press(params string[] keys) => keys.Aggregate(Task.CompletedTask, async (before, key) =>
    {
        await before;
        await Page.Keyboard.PressAsync(key);
    });

    /// <summary>Waits until what is suggested is for the text as it is now.</summary>
    public Task Settled() => Assertions.Expect(Page.Locator("#suggestions")).ToHaveAttributeAsync("aria-busy", "false");

    /// <summary>Where the focus is: the id of the element, or else its text.</summary>
    public Task<string> Focused() => Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent.trim()");

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Complaints);
        await context.DisposeAsync();
    }
}
