using System.Globalization;
using System.Text;
using FsCheck.Fluent;

namespace RnnLm.Tests.Text;

public class TextTokenizerPropertyTests
{
    private static readonly TextTokenizer[] Tokenizers =
    [
        Tokenizer.Text(),
        Tokenizer.Text(lowerCase: true),
        Tokenizer.Text(numberClass: NumberClass.Digits),
        Tokenizer.Text(lowerCase: true, NumberClass.Word),
    ];

    [Fact]
    public void Joined_words_of_any_text_are_split_into_the_same_words() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        foreach (var tokenizer in Tokenizers) AssertJoinedAndSplitAgain(tokenizer, tokenizer.Tokenize(text));
    });

    [Fact]
    public void Joined_words_in_any_order_are_split_into_the_same_words() =>
        TextSamples.ForAll(Gen.Two(TextSamples.Texts).Zip(Gen.Choose(0, int.MaxValue)), sample =>
        {
            var ((first, second), seed) = sample;
            foreach (var tokenizer in Tokenizers)
            {
                string[] words = [.. tokenizer.Tokenize(first), .. tokenizer.Tokenize(second)];
                new Random(seed).Shuffle(words);
                AssertJoinedAndSplitAgain(tokenizer, words);
            }
        });

    [Fact]
    public void No_word_is_empty_or_has_white_space_or_half_a_surrogate_pair_in_it() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        foreach (var tokenizer in Tokenizers)
        {
            foreach (var word in tokenizer.Tokenize(text))
            {
                Assert.NotEqual("", word);
                Assert.DoesNotContain(word, char.IsWhiteSpace);
                Assert.Equal(TextSamples.WithoutHalfPairs(word), word);
            }
        }
    });

    [Fact]
    public void No_character_but_white_space_controls_and_invisible_ones_is_lost() => TextSamples.ForAll(TextSamples.Texts, text =>
        Assert.Equal(
            TextSamples.Composed(Visible(text)), TextSamples.Composed(Visible(string.Concat(Tokenizer.Text().Tokenize(text))))));

    [Fact]
    public void Every_single_character_of_Unicode_beside_every_kind_of_character_survives_joining()
    {
        var tokenizer = Tokenizer.Text();
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!Rune.IsValid(codePoint)) continue;
            if (codePoint is > 0x32400 and < 0xE0000 or > 0xE01F0 and < 0x10FFF0) continue; // nothing is assigned there
            var character = new Rune(codePoint).ToString();
            AssertJoinedAndSplitAgain(tokenizer, tokenizer.Tokenize(character));
            AssertJoinedAndSplitAgain(tokenizer, tokenizer.Tokenize($"a{character}b 1{character}2 .{character} ({character}) 漢{character}ア '{character}\" -{character}-"));
        }
    }

    private static void AssertJoinedAndSplitAgain(TextTokenizer tokenizer, IReadOnlyList<string> words)
    {
        var again = tokenizer.Tokenize(tokenizer.Join(words));
        if (!words.SequenceEqual(again)) Assert.Fail($"{Shown(words)} is joined to and split into {Shown(again)}");
    }

    private static string Visible(string text)
    {
        var visible = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control) && !Rune.IsWhiteSpace(rune)) visible.Append(rune);
        }
        return visible.ToString();
    }

    private static string Shown(IEnumerable<string> words) =>
        string.Join(" | ", words.Select(word => string.Concat(word.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"\\u{(int)c:X4}"))));
}
