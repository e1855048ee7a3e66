using System.Text;
using RnnLm.Text;

namespace RnnLm.Tests.Text.Unicode;

public class LowerCasingTests
{
    private static readonly TextTokenizer Tokenizer = RnnLm.Tokenizer.Text(lowerCase: true);

    [Fact]
    public void Every_character_in_lower_case_is_in_lower_case()
    {
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!Rune.IsValid(codePoint)) continue;
            foreach (var word in new[] { $"{new Rune(codePoint)}", $"A{new Rune(codePoint)}", $"A{new Rune(codePoint)}B" })
            {
                var lower = Lower(word);
                Assert.Equal(lower, Lower(lower));
                foreach (var rune in lower.EnumerateRunes()) Assert.Equal(rune.Value, CharacterData.Instance.LowerCaseOf(rune.Value));
            }
        }
    }

    [Fact]
    public void No_letter_that_the_class_library_has_in_lower_case_stays_a_capital()
    {
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!Rune.IsValid(codePoint)) continue;
            var expected = codePoint == 'İ' ? 'i' : Rune.ToLowerInvariant(new Rune(codePoint)).Value;
            // The class library may know of fewer capitals than Unicode 16.
            if (expected != codePoint) Assert.Equal(expected, CharacterData.Instance.LowerCaseOf(codePoint));
        }
    }

    [Fact]
    public void Words_in_lower_case_are_split_and_joined_into_themselves() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        var words = Tokenizer.Tokenize(text);
        Assert.Equal(words, Tokenizer.Tokenize(Tokenizer.Join(words)));
    });

    private static string Lower(string word)
    {
        var lower = new char[word.Length];
        LowerCasing.Write(word, lower);
        return new string(lower);
    }
}
