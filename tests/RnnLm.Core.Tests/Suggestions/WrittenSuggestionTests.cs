using System.Diagnostics;
using RnnLm.Suggestions;

namespace RnnLm.Tests.Suggestions;

/// <summary>Case and spaces of suggestions, as a person would type them.</summary>
public class WrittenSuggestionTests
{
    [Theory]
    [InlineData("Hello the wor", "world", 3)]
    [InlineData("Hello the Wor", "World", 3)]
    [InlineData("Hello the WOR", "WORLD", 3)]
    [InlineData("Hello (wor", "world", 3)]
    [InlineData("hello-wor", "world", 3)]
    [InlineData("Hello, wor", "world", 3)]
    [InlineData("Hello the pari", "Paris", 4)]
    [InlineData("Hello the US", "USA", 2)]
    [InlineData("Hello the xyl", "xylophone", 3)]
    [InlineData("  xyl", "xylophone", 3)]
    [InlineData("a\nxyl", "xylophone", 3)]
    public void A_word_takes_the_place_of_its_letters_and_has_their_case(string text, string word, int replaced)
    {
        var suggestion = Find(LetterModels.OfEnglish(), text, word);
        Assert.Equal(replaced, suggestion.ReplacedLength);
        Assert.Equal(text[..^replaced] + word, suggestion.ApplyTo(text));
    }

    [Theory]
    [InlineData("Hello the", ",", "Hello the,")]
    [InlineData("Hello the ", ",", "Hello the,")]
    [InlineData("Hello the  ", ",", "Hello the,")]
    [InlineData("Hello the ", "(", "Hello the (")]
    [InlineData("Hello the ", "world", "Hello the world")]
    [InlineData("Hello the\n", "World", "Hello the\nWorld")]
    [InlineData("", "world", "world")]
    [InlineData(" ", "world", " world")]
    public void A_next_word_stands_where_a_person_would_put_it(string text, string word, string expected)
    {
        // Behind a word that may go on only that word's ends are suggested, so a space is typed or not.
        var model = LetterModels.OfEnglish();
        var typed = text == "Hello the" ? text + " " : text;
        Assert.Equal(expected, Find(model, typed, word).ApplyTo(typed));
    }

    [Fact]
    public void Words_between_spaces_keep_them()
    {
        var model = LetterModels.Of(Tokenizer.Whitespace, [",", "a"]);
        var suggestion = Find(model, "a ", ",");
        Assert.Equal((0, "a ,"), (suggestion.ReplacedLength, suggestion.ApplyTo("a ")));
    }

    [Theory]
    [InlineData("Hello the. ", true)]
    [InlineData("Hello the! ", true)]
    [InlineData("Hello the.\n", true)]
    [InlineData("Hello the\n", true)]
    [InlineData("hello the. ", false)]
    [InlineData("Hello the. and then. ", false)]
    [InlineData("Hello the, ", false)]
    [InlineData("Hello 3.14 ", false)]
    [InlineData("Hello the ", false)]
    [InlineData("", false)]
    public void A_sentence_begins_with_a_capital_where_the_person_begins_sentences_so(string text, bool isCapital)
        => Assert.Equal(isCapital, English.Value.Suggest(text, new SuggestionOptions { Count = 63 }).Any(suggestion => suggestion.Text == "World"));

    [Fact]
    public void A_model_that_knows_no_capitals_begins_a_text_with_one()
    {
        var lower = LetterModels.Of(Tokenizer.Text(lowerCase: true), ["world", "hello"]);
        Assert.Equal(["Hello", "World"], lower.Suggest("").Select(suggestion => suggestion.Text).Order());
        Assert.Equal(["hello", "world"], lower.Suggest("Hello ").Select(suggestion => suggestion.Text).Order());
        Assert.Equal(["hello", "world"], lower.Suggest("hello world. ").Select(suggestion => suggestion.Text).Order());
    }

    [Fact]
    public void Words_that_are_written_alike_are_suggested_once_with_the_probability_of_both()
    {
        var suggestions = English.Value.Suggest("Hello it. ", new SuggestionOptions { Count = 63 });
        Assert.Equal(suggestions.Select(suggestion => suggestion.Text).Distinct(), suggestions.Select(suggestion => suggestion.Text));
        var next = English.Value.NextWords("Hello it.", English.Value.Vocabulary.Count).ToDictionary(word => word.Word, word => word.Probability);
        Assert.Equal(next["the"] + next["The"], suggestions.Single(suggestion => suggestion.Text == "The").Probability, 1e-6);
    }

    [Fact]
    public void A_capital_that_was_not_typed_is_suggested_where_it_is_more_probable_than_a_small_letter()
    {
        var within = LetterModels.Knowing(Tokenizer.Text(), "it returns", "Returns", "Paris");
        Assert.Equal(["returns"], Texts(within, "it ret"));
        Assert.Equal(["Returns"], Texts(within, "it Ret"));
        Assert.Equal(["Paris"], Texts(within, "it pa"));
        var first = LetterModels.Knowing(Tokenizer.Text(), "Returns it", "returns");
        Assert.Equal(["Returns", "returns"], Texts(first, "ret"));

        static IEnumerable<string> Texts(NGramModel model, string text) => model.Suggest(text, new SuggestionOptions { MaximumEdits = 0 }).Select(suggestion => suggestion.Text);
    }

    [Fact]
    public void Whether_a_capital_is_suggested_hangs_on_the_place_alone()
    {
        var found = new HashSet<bool>();
        for (var seed = 1; seed <= 10; seed++)
        {
            var model = LetterModels.OfEnglish(seed);
            var next = model.NextWords("a", model.Vocabulary.Count).ToDictionary(word => word.Word, word => word.Probability);
            var suggested = model.Suggest("a th", new SuggestionOptions { Count = 63, MaximumEdits = 0 }).ToDictionary(suggestion => suggestion.Text, suggestion => suggestion.Probability);
            Assert.Equal(next["The"] > next["the"], suggested.ContainsKey("The"));
            Assert.Equal(next["the"] / next["then"], suggested["the"] / suggested["then"], 1e-4 * next["the"] / next["then"]);
            found.Add(suggested.ContainsKey("The"));
        }
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void What_is_typed_already_is_no_suggestion()
        => Assert.DoesNotContain("the", English.Value.Suggest("a the", new SuggestionOptions { Count = 63 }).Select(suggestion => suggestion.Text));

    [Fact]
    public void No_text_makes_suggestions_fail()
    {
        string[] texts = ["\uD83D", "a \uD83D", "\uDE00 wor", "a\u0301", "<unk> <eo", "\0\u200B\u00AD", "don'", "...", "\r\n\r", "한ᄀ", new string('x', 5000)];
        foreach (var tokenizer in (Tokenizer[])[Tokenizer.Text(), Tokenizer.Text(lowerCase: true, NumberClass.Digits), Tokenizer.Whitespace, Tokenizer.Characters])
        {
            var model = LetterModels.Of(tokenizer, LetterModels.English.Where(word => tokenizer is not CharacterTokenizer || word.Length == 1));
            foreach (var text in texts)
                foreach (var suggestion in model.Suggest(text)) _ = suggestion.ApplyTo(text);
        }
    }

    private static readonly Lazy<LanguageModel> English = new(() => LetterModels.OfEnglish());

    private static Suggestion Find(LanguageModel model, string text, string word)
        => Assert.Single(model.Suggest(text, new SuggestionOptions { Count = 63 }), suggestion => suggestion.Text.Trim() == word);

    /// <summary>Whatever the tokenizer makes of the letters typed, all of the word that they begin is replaced, and no more.</summary>
    [Theory]
    [InlineData("d'ou\u0300", "d'ou\u0300")]
    [InlineData("x,d'ou\u0300", "d'ou\u0300")]
    [InlineData("e\u0301,e\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("e\u0301\u00AD,\u00ADe\u0301t\u00ADe\u0301", "e\u0301t\u00ADe\u0301")]
    [InlineData("3.14", "3.14")]
    [InlineData("a,1,000", "1,000")]
    [InlineData("12-3.1", "3.1")]
    [InlineData("İstan", "İstan")]
    public void The_word_that_is_being_typed_is_all_of_what_was_typed_of_it(string text, string prefix)
    {
        foreach (var tokenizer in (Tokenizer[])[Tokenizer.Text(), Tokenizer.Text(lowerCase: true, NumberClass.Digits), Tokenizer.Text(lowerCase: true, NumberClass.Word)])
        {
            var typed = new TypedText(tokenizer, "<eos>");
            typed.Change(0, $"the {text}", []);
            Assert.Equal(prefix, typed.Prefix.ToString());
        }
        var spaced = new TypedText(Tokenizer.Whitespace, "<eos>");
        spaced.Change(0, $"the {text}", []);
        Assert.Equal(text, spaced.Prefix.ToString());
    }

    [Fact]
    public void A_word_of_a_hundred_thousand_characters_is_gone_through_a_few_times()
    {
        foreach (var tokenizer in (Tokenizer[])[Tokenizer.Text(), Tokenizer.Text(lowerCase: true, NumberClass.Digits), Tokenizer.Whitespace])
        {
            var model = LetterModels.Of(tokenizer, ["a", "b"]);
            foreach (var text in (string[])[new string('9', 100_000), string.Concat(Enumerable.Repeat("e\u0301", 50_000)), new string('\uD800', 100_000)])
            {
                var watch = Stopwatch.StartNew();
                model.Suggest(text);
                Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20)); // each beginning of it takes many minutes
            }
        }
    }
}
