using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnLm.Web.Tests;

public abstract partial class PageTests
{
    [BrowserFact]
    public async Task Axe_finds_nothing()
    {
        await using var open = await fixture.Open();
        await AssertAccessible(open.Page);
        await open.Type("the cat sat on the m");
        await Expect(open.Ghost).ToContainTextAsync("at");
        await open.Press("F2");
        await Expect(open.Why.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        foreach (var width in (int[])[1000, 320])
        {
            await open.Page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await open.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Expect(open.Page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
                await AssertAccessible(open.Page);
            }
            // Nothing is beside the window.
            Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        }
    }

    [BrowserFact]
    public async Task The_page_can_be_used_by_the_keyboard_alone()
    {
        await using var open = await fixture.Open();
        await Expect(open.Field).ToBeFocusedAsync();
        await open.Press("Shift+Tab");
        Assert.Equal("dark", await open.Focused());
        await open.Press("Space");
        await Expect(open.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await open.Press("Tab");
        Assert.Equal("text", await open.Focused());

        // Tab takes the suggestion, but never keeps anybody in the text: Escape puts the suggestion away.
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await open.Press("Escape", "Tab");
        await Expect(open.Field).ToHaveValueAsync("the cat s");
        await Expect(open.Takes.First).ToBeFocusedAsync();
        await open.Press("Tab");
        await Expect(open.Asks.First).ToBeFocusedAsync();
        await open.Press("Enter");
        await Expect(open.Why.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(open.Why.GetByRole(AriaRole.Heading)).ToContainTextAsync("Why “sat");
        await open.Press("Escape");
        await Expect(open.Why).ToBeHiddenAsync();
        await Expect(open.Field).ToBeFocusedAsync();
        await open.Press("Tab", "Enter");
        await Expect(open.Field).ToHaveValueAsync("the cat sat on the mat ");
        await Expect(open.Field).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_screen_reader_is_told_what_there_is_and_what_is_suggested()
    {
        await using var open = await fixture.Open();
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await Expect(open.Spoken).ToContainTextAsync("sat on the mat, ", Patient);
        await Expect(open.Spoken).ToContainTextAsync("percent");
        await Expect(open.Spoken).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(open.Field).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Esc puts the suggestion away; then Tab leaves the text"));
        await Expect(open.Page.Locator("body")).ToMatchAriaSnapshotAsync(
            """
            - banner:
              - heading "Suggestions while you type" [level=1]
              - status: /words/
              - switch "Dark"
            - main:
              - textbox "Your text"
              - group "Suggestions":
                - button /sat on the mat [0-9]+ %/
                - button /why\? sat on the mat/
              - paragraph: No keystroke has been saved yet.
              - button "Start over"
            - contentinfo:
              - paragraph: /takes the grey suggestion/
            """);
    }

    [BrowserFact]
    public async Task The_theme_is_the_systems_until_the_person_chooses_one()
    {
        await using var open = await fixture.Open(new() { ColorScheme = ColorScheme.Dark });
        var root = open.Page.Locator("html");
        var dark = open.Page.GetByRole(AriaRole.Switch, new() { Name = "Dark" });
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(dark).ToBeCheckedAsync();
        await Expect(root).ToHaveCSSAsync("background-color", "rgb(19, 21, 25)");
        await open.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(dark).Not.ToBeCheckedAsync();

        await dark.ClickAsync();
        await open.Load();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await dark.ClickAsync();
        await Expect(root).ToHaveCSSAsync("background-color", "rgb(244, 242, 237)");
    }

    [BrowserFact]
    public async Task Nothing_moves_for_a_person_who_wants_no_motion()
    {
        const string durations = "[...document.querySelectorAll('.suggestion')].map(card => getComputedStyle(card, '::after').transitionDuration).join()";
        await using var open = await fixture.Open();
        Assert.Equal("0.16s,0.16s,0.16s", await open.Page.EvaluateAsync<string>(durations));
        await open.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("0s,0s,0s", await open.Page.EvaluateAsync<string>(durations));
    }

    private static async Task AssertAccessible(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions());
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }
}
