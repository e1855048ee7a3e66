using RnnLm.Pictures;

namespace RnnLm.Cli.Tests;

/// <summary>The terminal of the pictures of the documents shows what a terminal shows.</summary>
public sealed class TerminalHtmlTests
{
    [Theory]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n")]
    [InlineData("epoch 1\repoch 2", "epoch 2")]
    [InlineData("a longer line\rshort        \rshort", "short")]
    [InlineData("one\n two", "one\n    two")]
    [InlineData("a\tb\tc", "a       b       c")]
    [InlineData("1234567890ab\r\nc", "1234567890\nab\nc")]
    [InlineData("1234567890\r\nc", "1234567890\nc")]
    public void Lines_stand_where_a_terminal_of_ten_columns_or_more_has_them(string written, string shown)
        => Assert.Equal(shown, TerminalHtml.Of(written, written.StartsWith('1') ? 10 : 40));

    [Theory]
    [InlineData("\e[31mred\e[0m not", "<span style=\"color:var(--color-1)\">red</span> not")]
    [InlineData("\e[48;5;16;38;5;231mcat\e[0m", "<span style=\"color:#ffffff;background:#000000\">cat</span>")]
    [InlineData("\e[38;5;67mcat\e[39m", "<span style=\"color:#5f87af\">cat</span>")]
    [InlineData("\e[48;5;244m \e[49m \e[m", "<span style=\"background:#808080\"> </span>")]
    public void Colours_are_those_of_the_palette(string written, string shown) => Assert.Equal(shown, TerminalHtml.Of(written, 80));

    [Fact]
    public void Text_is_text() => Assert.Equal("&lt;unk&gt; &amp; ━", TerminalHtml.Of("<unk> & ━", 80));

    [Theory]
    [InlineData("\e[2J")]
    [InlineData("\e[1mbold")]
    [InlineData("\e]0;title\a")]
    [InlineData("\b")]
    public void What_it_does_not_know_is_refused(string written)
        => Assert.Contains("is not known", Assert.Throws<FormatException>(() => TerminalHtml.Of(written, 80)).Message, StringComparison.Ordinal);
}
