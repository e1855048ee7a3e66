namespace RnnLm.Tests.Text;

public class WhitespaceTokenizerTests
{
    [Theory]
    [InlineData("the cat sat", "the|cat|sat")]
    [InlineData("  a \t b\r\n", "a|b")]
    [InlineData(" = Robert <unk> = ", "=|Robert|<unk>|=")]
    [InlineData("no\u00A0break\u2003em\u3000ideographic\u2028line\u0085next", "no|break|em|ideographic|line|next")]
    [InlineData("zero\u200Bwidth", "zero\u200Bwidth")]
    [InlineData("don't, @-@", "don't,|@-@")]
    public void Text_is_split_at_white_space_and_nowhere_else(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Whitespace.Tokenize(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u00A0\n")]
    public void Text_without_words_gives_none(string text) => Assert.Empty(Tokenizer.Whitespace.Tokenize(text));

    [Fact]
    public void Words_are_joined_with_one_space() => Assert.Equal("a , b", Tokenizer.Whitespace.Join(["a", ",", "b"]));

    [Fact]
    public void Half_a_surrogate_pair_is_read_as_the_replacement_character() =>
        Assert.Equal(["a\uFFFD", "\uFFFDb", "😀"], Tokenizer.Whitespace.Tokenize("a\uD83D \uDE00b 😀"));
}
