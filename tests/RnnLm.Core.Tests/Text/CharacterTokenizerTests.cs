namespace RnnLm.Tests.Text;

public class CharacterTokenizerTests
{
    [Theory]
    [InlineData("ab c", "a|b| |c")]
    [InlineData("e\u0301te\u0301", "é|t|é")]
    [InlineData("हिन्दी", "हि|न्|दी")]
    [InlineData("漢字かな", "漢|字|か|な")]
    [InlineData("👨‍👩‍👧!", "👨‍👩‍👧|!")]
    [InlineData("🇩🇪🇫🇷", "🇩🇪|🇫🇷")]
    [InlineData("각\u1100\u1161\u11A8", "각|각")]
    [InlineData("<u>", "<|u|>")]
    [InlineData("a\tb\u00A0", "a|\t|b|\u00A0")]
    public void Every_character_a_reader_sees_is_a_word_and_white_space_is_one_too(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Characters.Tokenize(text));

    [Fact]
    public void Empty_text_has_no_words() => Assert.Empty(Tokenizer.Characters.Tokenize(""));

    [Fact]
    public void Half_a_surrogate_pair_is_read_as_the_replacement_character() =>
        Assert.Equal(["\uFFFD", "a", "\uFFFD"], Tokenizer.Characters.Tokenize("\uDE00a\uD83D"));

    [Fact]
    public void Joining_gives_back_every_text_that_is_composed_and_has_no_half_surrogate_pairs() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        var words = Tokenizer.Characters.Tokenize(text);
        Assert.DoesNotContain("", words);
        Assert.Equal(TextSamples.Composed(text), Tokenizer.Characters.Join(words));
    });
}
