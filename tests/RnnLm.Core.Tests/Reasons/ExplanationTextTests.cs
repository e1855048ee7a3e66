using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RnnLm.Reasons;

namespace RnnLm.Tests.Reasons;

/// <summary>An explanation as HTML and in a terminal's colours.</summary>
public sealed partial class ExplanationTextTests
{
    [Fact]
    public void The_words_stand_in_the_html_in_their_order_with_their_influences()
    {
        var html = XElement.Parse(Explanation(("the", 1.25), ("cat", -0.5), ("sat", 0)).ToHtml(), LoadOptions.PreserveWhitespace);
        Assert.Equal(["the +1.25", "cat −0.50", "sat 0.00"], html.Descendants("span").Select(span => span.Value));
        Assert.Contains("mat", html.Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.Contains("12.5 %", html.Element("figcaption")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_the_html_is_escaped_and_needs_nothing_else()
    {
        var text = Explanation(("<script>alert('&')</script>", 1), ("\"\u202E\e[31m", -1), ("中文", 0.5)).ToHtml();
        var html = XElement.Parse(text, LoadOptions.PreserveWhitespace);
        Assert.Empty(html.Descendants("script"));
        Assert.Equal(3, html.Descendants("span").Count());
        Assert.Contains("<script>alert('&')</script>", html.Value, StringComparison.Ordinal);
        Assert.Contains("中文", html.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", html.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" class=", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_is_readable_on_its_colour_in_html_and_in_a_terminal()
    {
        for (var nats = -1.0; nats <= 1; nats += 0.01)
        {
            var color = InfluenceColor.Of(nats, greatest: 1);
            foreach (var shown in (InfluenceColor[])[color, color.ShownByTerminal()])
            {
                var (lighter, darker) = shown.TakesBlack ? (shown.Luminance, 0.0) : (1.0, shown.Luminance);
                Assert.True((lighter + 0.05) / (darker + 0.05) >= 4.5, $"{nats}: {shown}");
            }
        }
        Assert.Equal(new InfluenceColor(255, 255, 255), InfluenceColor.Of(0, 0));
    }

    [Fact]
    public void Colours_get_stronger_with_the_influence_and_tell_for_from_against()
    {
        var shades = Enumerable.Range(0, 11).Select(step => InfluenceColor.Of(step / 10.0, 1)).ToArray();
        Assert.Equal(shades, shades.OrderByDescending(color => color.Luminance));
        Assert.True(shades[^1].Blue > shades[^1].Red);
        Assert.True(InfluenceColor.Of(-1, 1).Red > InfluenceColor.Of(-1, 1).Blue);
    }

    [Fact]
    public void A_terminal_is_given_colours_of_256_and_nothing_that_a_word_has_in_it()
    {
        var text = Explanation(("the", 1), ("a\e[31mb\n", -1)).ToAnsi();
        var plain = Colours().Replace(text, "");
        Assert.Equal("the a\\u001B[31mb\\u000A", plain);
        Assert.Equal(4, Colours().Count(text));
        foreach (Match match in ColorNumbers().Matches(text)) Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 16, 231);
    }

    [Fact]
    public void A_word_of_spaces_is_seen_and_words_left_out_are_hinted_at()
    {
        var explanation = new Explanation("b", -1, "each word left out", [new(" ", 3, 7, 0.5, 0.1)]);
        Assert.Contains("␣", explanation.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("… <span", explanation.ToHtml(), StringComparison.Ordinal);
        Assert.StartsWith("… ", explanation.ToAnsi(), StringComparison.Ordinal);
        Assert.Equal("", new Explanation("b", -1, "each word left out", []).ToAnsi());
    }

    [Fact]
    public void Figures_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var explanation = Explanation(("the", 1.25));
        var (html, text) = (explanation.ToHtml(), explanation.ToString());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal((html, text), (explanation.ToHtml(), explanation.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Equal("mat 12.5 %: the +1.250", text);
    }

    private static Explanation Explanation(params (string Word, double Nats)[] words)
        => new("mat", Math.Log(0.125), "each word left out", [.. words.Select((word, place) => new WordInfluence(word.Word, 2 + place, place, word.Nats, word.Nats / 10))]);

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colours();

    [GeneratedRegex("8;5;([0-9]+)")]
    private static partial Regex ColorNumbers();
}
