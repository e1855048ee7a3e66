using static Microsoft.Playwright.Assertions;

namespace RnnLm.Web.Tests;

public abstract partial class PageTests
{
    [BrowserFact]
    public async Task Only_the_place_that_the_page_came_from_is_asked_for_anything()
    {
        await using var open = await fixture.Open();
        await TypeAndAsk(open);
        Assert.NotEmpty(open.Requests);
        Assert.All(open.Requests, request => Assert.StartsWith(fixture.Address.AbsoluteUri, request.Url, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task What_is_typed_goes_where_the_page_says()
    {
        await using var open = await fixture.Open();
        await Expect(open.Takes.First).ToBeEnabledAsync();
        var before = open.Requests.Count;
        await TypeAndAsk(open);
        var sent = open.Requests.Select(request => request.PostData).OfType<string>();
        var privacy = open.Page.Locator("#privacy");
        if (fixture.IsInBrowser)
        {
            Assert.Equal(before, open.Requests.Count);
            Assert.Empty(sent);
            await Expect(privacy).ToContainTextAsync("Nothing that you type leaves your computer.");
        }
        else
        {
            Assert.Contains(sent, data => data.Contains("the cat s", StringComparison.Ordinal));
            await Expect(privacy).ToContainTextAsync("What you type goes to the server");
        }
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("localStorage.length"));
        Assert.Empty(await open.Page.Context.CookiesAsync());
    }

    [BrowserFact]
    public async Task Nothing_that_is_not_the_pages_own_can_run_in_it()
    {
        await using var open = await fixture.Open();
        var policy = await open.Response!.HeaderValueAsync("content-security-policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);

        await open.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'window.hasRun = true'; document.body.append(script) }");
        Assert.False(await open.Page.EvaluateAsync<bool>("Boolean(window.hasRun)"));
        Assert.All(open.Complaints, complaint => Assert.Contains("Content Security Policy", complaint, StringComparison.Ordinal));
        Assert.NotEmpty(open.Complaints);
        open.Complaints.Clear();
    }

    private static async Task TypeAndAsk(OpenPage open)
    {
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await open.Press("F2");
        await Expect(open.Why).ToContainTextAsync("after these words");
        await open.Press("Escape", "Tab");
        await Expect(open.Field).ToHaveValueAsync("the cat sat on the mat ");
    }
}
