using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnLm.Web.Tests;

/// <summary>What a person sees and does on the page, wherever its model runs.</summary>
/// <param name="fixture">The page.</param>
public abstract partial class PageTests(PageFixture fixture)
{
    /// <summary>Long enough for suggestions to be spoken, which they are after a pause.</summary>
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    static PageTests() => SetDefaultExpectTimeout(60_000);

    [BrowserFact]
    public async Task A_completion_is_shown_in_grey_and_taken_by_Tab()
    {
        await using var open = await fixture.Open();
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await Expect(open.Page.Locator("#tab")).ToBeVisibleAsync();

        await open.Press("Tab");
        await Expect(open.Field).ToHaveValueAsync("the cat sat on the mat ");
        await Expect(open.Field).ToBeFocusedAsync();

        // The space came with the words: a comma takes its place, and one that is typed is that one.
        await open.Press(",");
        await Expect(open.Field).ToHaveValueAsync("the cat sat on the mat,");
    }

    [BrowserFact]
    public async Task What_is_typed_as_suggested_leaves_the_rest_of_the_suggestion()
    {
        await using var open = await fixture.Open();
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await open.Press("a");
        await Expect(open.Ghost).ToHaveTextAsync("t on the mat");
        await open.Press("x");
        await Expect(open.Ghost).Not.ToHaveTextAsync("t on the mat");
    }

    [BrowserFact]
    public async Task Each_button_puts_its_word_in()
    {
        await using var open = await fixture.Open();
        await open.Type("the ");
        await open.Settled();
        await Expect(open.Takes).ToHaveCountAsync(3);
        var word = await open.Takes.Nth(1).Locator(".word").TextContentAsync();
        await open.Takes.Nth(1).ClickAsync();
        await Expect(open.Field).ToHaveValueAsync($"the {word} ");
        await Expect(open.Field).ToBeFocusedAsync();

        await open.Settled();
        word = await open.Takes.Nth(2).Locator(".word").TextContentAsync();
        var before = await open.Field.InputValueAsync();
        await open.Press("Alt+3");
        await Expect(open.Field).ToHaveValueAsync(new Regex($"^{Regex.Escape(before.TrimEnd())} ?{Regex.Escape(word!)} ?$"));
    }

    [BrowserFact]
    public async Task What_was_taken_can_be_undone()
    {
        await using var open = await fixture.Open();
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await open.Press("Tab");
        await Expect(open.Field).ToHaveValueAsync("the cat sat on the mat ");
        for (var step = 0; step < 3 && await open.Field.InputValueAsync() != "the cat s"; step++) await open.Press("Control+z");
        await Expect(open.Field).ToHaveValueAsync("the cat s");
    }

    [BrowserFact]
    public async Task The_keystrokes_that_were_saved_are_counted()
    {
        await using var open = await fixture.Open();
        await Expect(open.Saved).ToHaveTextAsync("No keystroke has been saved yet.");
        await open.Type("the cat s");
        await Expect(open.Ghost).ToHaveTextAsync("at on the mat");
        await open.Press("Tab");
        // 9 letters and Tab, for the 22 characters of "the cat sat on the mat" and the space.
        await Expect(open.Saved).ToHaveTextAsync("57 % of keystrokes saved: 10 instead of 23.");
        await open.Press(".");
        // The space is gone, so it saved nothing: 11 for "the cat sat on the mat.".
        await Expect(open.Saved).ToHaveTextAsync("52 % of keystrokes saved: 11 instead of 23.");
        await open.Press("Backspace");
        await Expect(open.Saved).ToHaveTextAsync("50 % of keystrokes saved: 12 instead of 24.");

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Expect(open.Saved).ToHaveTextAsync("No keystroke has been saved yet.");
        await Expect(open.Field).ToHaveValueAsync("");
        await Expect(open.Field).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_key_tells_why_a_suggestion_was_made()
    {
        await using var open = await fixture.Open();
        await open.Type("the cat sat on the m");
        await open.Settled();
        await Expect(open.Ghost).ToContainTextAsync("at");
        await Expect(open.Why).ToBeHiddenAsync();

        await open.Press("F2");
        await Expect(open.Why.GetByRole(AriaRole.Heading)).ToContainTextAsync("Why “mat");
        var words = open.Why.GetByRole(AriaRole.Listitem);
        await Expect(words).ToHaveTextAsync([.. "the cat sat on the".Split(' ').Select(word => new Regex($"^{word}(\\s[×÷]\\s[0-9.]+)?$"))]);
        await Expect(open.Spoken).ToContainTextAsync("Why mat");
        await Expect(open.Field).ToBeFocusedAsync();

        // Each influence has a colour that others do not have, and a number.
        var influences = open.Why.Locator(".raises, .lowers");
        var colours = await influences.EvaluateAllAsync<string[]>("all => all.map(item => getComputedStyle(item).backgroundColor)");
        Assert.True(colours.Distinct().Count() > 1, string.Join("; ", colours));
        await Expect(influences).ToHaveTextAsync([.. colours.Select(_ => new Regex("[×÷]"))]);

        await open.Press("Escape");
        await Expect(open.Why).ToBeHiddenAsync();
        await open.Press("Alt+w");
        await Expect(words).ToHaveCountAsync(5);
        await open.Press("a");
        await Expect(open.Why).ToBeHiddenAsync();

        await open.Asks.First.ClickAsync();
        await Expect(words).ToHaveCountAsync(5);
    }

    [BrowserFact]
    public async Task A_word_of_the_persons_own_is_learned_while_he_writes()
    {
        await using var open = await fixture.Open();
        await open.Type("Frobnicator ran. The Fro");
        await Expect(open.Takes.First).ToContainTextAsync("Frobnicator");
        await open.Press("F2");
        await Expect(open.Why).ToContainTextAsync("a word of your own");
    }

    [BrowserFact]
    public async Task Text_of_any_language_is_taken()
    {
        await using var open = await fixture.Open();
        await open.Type("die schöne Str");
        await Expect(open.Ghost).ToContainTextAsync("aße führt");
        await open.Press("Tab");
        await Expect(open.Field).ToHaveValueAsync(StartsWith("die schöne Straße führt"));
        foreach (var text in (string[])["猫坐在垫子上。", "القطة على", "👩‍👩‍👧 e\u0301", "<b>&amp;</b>\n\"the c"])
        {
            await open.Field.FillAsync(text);
            await Expect(open.Field).ToHaveValueAsync(text);
        }
        await Expect(open.Takes.First).ToContainTextAsync("cat");
        await Expect(open.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task In_the_middle_of_a_text_the_buttons_suggest_and_nothing_is_grey()
    {
        await using var open = await fixture.Open();
        await open.Field.FillAsync("the cat  on the mat");
        await open.Field.EvaluateAsync("field => field.setSelectionRange(8, 8)");
        await Expect(open.Takes.First).ToContainTextAsync("sat");
        await Expect(open.Ghost).ToHaveTextAsync("\u200B");
        await open.Press("Alt+1");
        await Expect(open.Field).ToHaveValueAsync(new Regex("^the cat sat.* on the mat$"));
    }

    [BrowserFact]
    public async Task The_suggestions_are_those_of_the_model()
    {
        await using var open = await fixture.Open();
        foreach (var text in (string[])["", "the ", "the dog r", "Die schöne Straße füh", "the cat sat on the mat.\nthe d"])
        {
            await open.Field.FillAsync(text);
            var expected = new WebPage.TypingPage(CatModel.Get()).Suggest(text).Suggestions;
            for (var place = 0; place < expected.Count; place++) await Expect(open.Takes.Nth(place).Locator(".word")).ToHaveTextAsync(expected[place].Text);
            Assert.NotEmpty(expected);
        }
    }

    private static Regex StartsWith(string text) => new($"^{Regex.Escape(text)}");
}
