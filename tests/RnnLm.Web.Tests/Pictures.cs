using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnLm.Web.Tests;

/// <summary>Takes the pictures of the page for the documents; <c>eng/pictures.cs</c> names the folder and the model.</summary>
public abstract partial class PageTests
{
    private const string Writing = "Gets the number of elements contained in the collection. The exception that is thrown when an att";

    [PictureFact]
    public async Task Picture()
    {
        var folder = Path.Combine(Samples.Repository, PictureFactAttribute.Folder!);
        Directory.CreateDirectory(folder);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var open = await fixture.Open(new() { ColorScheme = scheme, ViewportSize = new() { Width = 880, Height = 760 } });
            await WriteWithSuggestions(open);
            await open.Press("F2");
            await Expect(open.Why).ToContainTextAsync("after these words");
            await open.Page.WaitForTimeoutAsync(500); // the bars have grown
            var name = $"{(fixture.IsInBrowser ? "web-browser" : "web")}-{scheme.ToString().ToLowerInvariant()}.png";
            await open.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true, Caret = ScreenshotCaret.Initial });
        }
    }

    /// <summary>Writes as a person does who takes the grey suggestion where it is what he is about to write.</summary>
    private static async Task WriteWithSuggestions(OpenPage open)
    {
        while (await open.Field.InputValueAsync() is var written && written != Writing)
        {
            await open.Settled();
            var ghost = await open.Ghost.TextContentAsync() ?? "";
            if (ghost.Length > 1 && Writing.StartsWith(written + ghost, StringComparison.Ordinal)) await open.Press("Tab");
            else await open.Page.Keyboard.TypeAsync(Writing[written.Length].ToString());
        }
    }
}
