using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using RnnLm.Text;

namespace RnnLm.Tests.Text.Unicode;

public class ComposedFormTests
{
    // Its combining class is younger than the tables of many an ICU.
    private const char New = '\u0897';

    [Theory]
    [InlineData("", "")]
    [InlineData("plain ASCII, and Latin-1 é", "plain ASCII, and Latin-1 é")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("a\u0327\u0301 a\u0301\u0327", "\u00E1\u0327 \u00E1\u0327")]
    [InlineData("e\u0302\u0323", "\u1EC7")] // two marks that change places
    [InlineData("\u212B \u2126 \u212A", "\u00C5 \u03A9 K")]
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u1100\u1161\u11A8\u1100\u1161", "\uAC01\uAC00")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\u1161\u11A8", "\u1161\u11A8")]
    [InlineData("\uFA10\U0002F800", "\u585A\u4E3D")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011099\U000110BA", "\U0001109A")]
    [InlineData("=\u0338 <\u0338", "\u2260 \u226E")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\uD55C\uAE00", "\uD55C\uAE00")]
    public void What_looks_alike_is_written_alike(string text, string composed)
    {
        Assert.Equal(composed, ComposedForm.Of(text).ToString());
        Assert.Equal(composed, ComposedForm.Of(composed).ToString());
        Assert.Equal(text == composed, ComposedForm.Is(text));
    }

    [Fact]
    public void Text_that_is_composed_is_handed_back_and_takes_no_memory()
    {
        const string text = "Größe, “naïve” – “Привет”, हिन्दी, 漢字 한국 😀";
        Allocations.AssertNone(() => Assert.True(ComposedForm.Of(text) == text.AsSpan()));
    }

    [Fact]
    public void Every_tokenizer_reads_both_spellings_as_one_word()
    {
        foreach (var tokenizer in new Tokenizer[] { Tokenizer.Whitespace, Tokenizer.Characters, Tokenizer.Text(), Tokenizer.Text(lowerCase: true, NumberClass.Digits) })
        {
            Assert.Equal(tokenizer.Tokenize("caf\u00E9 \uAC01"), tokenizer.Tokenize("cafe\u0301 \u1100\u1161\u11A8"));
            Assert.Equal(tokenizer.Tokenize("caf\u00E9 \uD83D"), tokenizer.Tokenize("cafe\u0301 \uD83D"));
        }
    }

    [NormalizationFact]
    public void Every_character_is_composed_as_the_class_library_does()
    {
        for (var codePoint = 0; codePoint <= 0xFFFF; codePoint++)
        {
            // The class library refuses U+FFFE and U+FFFF.
            if (!Rune.IsValid(codePoint) || codePoint is New or 0xFFFE or 0xFFFF) continue;
            AssertAsTheClassLibrary(new Rune(codePoint).ToString());
            AssertAsTheClassLibrary($"a{new Rune(codePoint)}\u0301\u0323");
        }
        for (var codePoint = 0x2F800; codePoint <= 0x2FA1D; codePoint++) AssertAsTheClassLibrary(new Rune(codePoint).ToString());
    }

    [NormalizationFact]
    public void Characters_in_any_order_are_composed_as_the_class_library_does()
    {
        int[] joining = [.. Enumerable.Range(0, 0x10000).Where(c => Rune.IsValid(c) && c != New && CharacterData.Instance.CompositionOf(c) != 0)];
        int[] starters = [.. "aeoAEOsSνωΑа<=>कড가각\u1100\u1101ﬀ漢 .".Select(c => (int)c)];
        TextSamples.ForAll(
            Gen.Choose(0, 12).SelectMany(count => Gen.Frequency((2, Gen.Elements(joining)), (1, Gen.Elements(starters))).ArrayOf(count)),
            codePoints => AssertAsTheClassLibrary(string.Concat(codePoints.Select(codePoint => new Rune(codePoint).ToString()))));
    }

    [Fact]
    public void Composed_text_stays_as_it_is() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        var composed = TextSamples.Composed(text);
        Assert.True(ComposedForm.Is(composed));
        Assert.Equal(composed, ComposedForm.Of(composed).ToString());
    });

    [Fact]
    public void Marks_without_end_are_sorted_in_no_more_steps_than_sorting_takes()
    {
        // Marks of two classes that take turns: all of one come first, and stay in their order.
        var text = "x" + string.Concat(Enumerable.Repeat("\u0301\u0323\u0302\u0324", 50_000));
        var composed = "x" + string.Concat(Enumerable.Repeat("\u0323\u0324", 50_000)) + string.Concat(Enumerable.Repeat("\u0301\u0302", 50_000));
        Assert.Equal(composed, ComposedForm.Of(text).ToString());
    }

    [Fact]
    public void Every_character_has_the_same_composition_and_lower_case_on_every_platform()
    {
        var all = new StringBuilder();
        var lower = new char[2];
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!Rune.IsValid(codePoint)) continue;
            var character = new Rune(codePoint).ToString();
            LowerCasing.Write(character, lower);
            all.Append(ComposedForm.Of(character)).Append(lower, 0, character.Length);
        }
        Assert.StartsWith("1e6797107507e7eda8545397bf9a5e25", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString()))));
    }

    private static void AssertAsTheClassLibrary(string text)
    {
        var expected = text.Normalize(NormalizationForm.FormC);
        var actual = ComposedForm.Of(text).ToString();
        if (expected != actual) Assert.Fail($"{Shown(text)}: {Shown(expected)} expected, {Shown(actual)} found");
    }

    private static string Shown(string text) => string.Concat(text.Select(c => $"\\u{(int)c:X4}"));
}
