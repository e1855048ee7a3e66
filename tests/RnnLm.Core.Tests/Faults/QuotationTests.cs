using RnnLm.Faults;

namespace RnnLm.Tests.Faults;

public class QuotationTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("lowerCase", "\"lowerCase\"")]
    [InlineData("naïve 漢字 😀", "\"naïve 漢字 😀\"")]
    [InlineData("a\nb\u001B[31m\u202Ec\u2028", "\"a\\u000Ab\\u001B[31m\\u202Ec\\u2028\"")]
    public void Text_is_quoted_on_one_line_with_nothing_that_moves_the_cursor(string text, string quotation) => Assert.Equal(quotation, Quotation.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_quoted_as_the_replacement_character() => Assert.Equal("\"\uFFFD\"", Quotation.Of("\uD83D"));

    [Fact]
    public void Long_text_is_cut_short()
    {
        Assert.Equal($"\"{new string('x', 60)}\"", Quotation.Of(new string('x', 60)));
        Assert.Equal($"\"{new string('x', 60)}…\"", Quotation.Of(new string('x', 61)));
        Assert.Equal($"\"{string.Concat(Enumerable.Repeat("😀", 60))}…\"", Quotation.Of(string.Concat(Enumerable.Repeat("😀", 1_000_000))));
    }

    [Fact]
    public void Settings_of_any_length_are_refused_in_one_sentence()
    {
        var long_ = new string('x', 10_000_000);
        foreach (var settings in new Dictionary<string, string>[]
        {
            new() { ["name"] = long_ },
            new() { ["name"] = "text", [long_] = "" },
            new() { ["name"] = "text", ["lowerCase"] = long_ },
            new() { ["name"] = "text", ["numberClass"] = long_ },
            new() { ["name"] = "text", ["normalization"] = long_ },
        })
            Assert.InRange(Assert.Throws<FormatException>(() => Tokenizer.Create(settings)).Message.Length, 1, 400);
    }
}
