using RnnLm.Suggestions;
using RnnLm.Text;

namespace RnnLm.Tests.Suggestions;

/// <summary>Suggestions of models of subwords, against every row of pieces that there is.</summary>
public class PieceSuggestionTests
{
    // Of bytes alone, these make words of several pieces more probable than most others.
    private static readonly string[] Favoured = ["Ġ", "c", "a", "t</w>", "s</w>", "C", "h"];

    private static readonly SuggestionOptions Exact = new() { Count = 6, MaximumEdits = 0 };

    [Theory]
    [InlineData("", "")]
    [InlineData("", "t")]
    [InlineData("", "th")]
    [InlineData("the", " ")]
    [InlineData("the", " c")]
    [InlineData("the", " ca")]
    [InlineData("the", " cat")]
    [InlineData("the cat,", " th")]
    [InlineData("the", "  c")]
    [InlineData("the", " \u00E9")]
    [InlineData("the", " пр")]
    [InlineData("the cat\n", "h")]
    public void Words_are_those_that_a_look_at_every_row_of_pieces_finds_with_their_share_of_all_that_begin_so(string before, string typed)
    {
        foreach (var model in (LanguageModel[])[SubwordModels.Model(sharpness: 3), SubwordModels.Model(merges: 0, favoured: Favoured)])
        {
            var plain = new PlainPieces(model);
            var state = model.Start(before);
            if (before.EndsWith('\n')) state = model.Start(["the", "cat"]);
            if (before.EndsWith('\n')) model.Network.Step(Vocabulary.EndOfLineId, state);
            string[] beginnings = [.. Cases(typed).Distinct()];
            var mass = beginnings.Sum(beginning => plain.Mass(state, beginning));
            var actual = model.Suggest(before + typed, Exact);
            Assert.Equal(6, actual.Count);
            var letters = typed.TrimStart();
            Assert.All(actual, suggestion => Assert.Equal(letters.Length, suggestion.ReplacedLength));

            var words = plain.Words(state, actual[^1].Probability * mass * 0.99, bytes => beginnings.Any(beginning => MayBe(bytes, ByteAlphabet.Spell(beginning))))
                .Where(word => beginnings.Any(beginning => word.Key.StartsWith(beginning, StringComparison.Ordinal)));
            // A word has the white space before it with which it is most probable.
            var expected = PlainSuggestions.WithoutCapitals(letters, words.GroupBy(word => word.Key.Trim()).ToDictionary(group => group.Key, group => group.Max(word => word.Value) / mass))
                .Where(word => word.Key != letters).Select(word => (Word: word.Key, Probability: word.Value)).OrderByDescending(word => word.Probability).ToArray();
            for (var place = 0; place < actual.Count; place++)
            {
                var found = expected.Single(word => word.Word == actual[place].Text);
                Assert.Equal(found.Probability, actual[place].Probability, found.Probability * 0.01);
                Assert.Equal(expected[place].Probability, actual[place].Probability, expected[place].Probability * 0.01);
            }
        }

        static bool MayBe(string bytes, string beginning) => bytes.StartsWith(beginning, StringComparison.Ordinal) || beginning.StartsWith(bytes, StringComparison.Ordinal);

        IEnumerable<string> Cases(string text)
        {
            var letters = text.TrimStart();
            var space = text[..(text.Length - letters.Length)];
            if (letters.Length == 0) return [text];
            return [text, space + letters.ToLowerInvariant(), space + char.ToUpperInvariant(letters[0]) + letters[1..].ToLowerInvariant(), space + letters.ToUpperInvariant()];
        }
    }

    [Fact]
    public void The_probabilities_of_all_words_that_begin_so_add_up_to_one()
    {
        // Pieces that end words are so probable that words of few pieces are nearly all there are.
        var model = SubwordModels.Model(favoured: ["at</w>", "Ġcat</w>", "Ġc", "s</w>", "r</w>"]);
        foreach (var text in (string[])["the c", "the ca"])
        {
            var sum = model.Suggest(text, new SuggestionOptions { Count = 63, MaximumEdits = 0 }).Sum(suggestion => suggestion.Probability);
            Assert.InRange(sum, 0.4, 1 + 1e-6);
        }
    }

    [Fact]
    public void A_piece_that_goes_beyond_what_was_typed_is_reached_from_every_place_in_it()
    {
        // Pieces are Ġcat</w>, Ġc, at</w> and others; the word is one piece whatever letter is the last that was typed.
        var model = SubwordModels.Model(merges: 60, favoured: ["Ġcat</w>"]);
        Assert.Contains("Ġcat</w>", ((SubwordTokenizer)model.Tokenizer).Pieces);
        foreach (var typed in (string[])["the ", "the c", "the ca"]) Assert.Equal("the cat", model.Suggest(typed)[0].ApplyTo(typed));
        Assert.DoesNotContain("cat", model.Suggest("the cat", Exact).Select(suggestion => suggestion.Text));
    }

    [Theory]
    [InlineData("Hello the Ca", "Cat", 2)]
    [InlineData("Hello the CA", "CAT", 2)]
    [InlineData("Hello (ca", "cat", 2)]
    [InlineData("hello-ca", "cat", 2)]
    [InlineData("  ca", "cat", 2)]
    [InlineData("a\nca", "cat", 2)]
    [InlineData("The cat. ca", "cat", 2)]
    public void A_word_takes_the_place_of_its_letters_and_has_their_case(string text, string word, int replaced)
    {
        var suggestion = Assert.Single(Cats().Suggest(text, new SuggestionOptions { Count = 20 }), suggestion => suggestion.Text == word);
        Assert.Equal(replaced, suggestion.ReplacedLength);
        Assert.Equal(text[..^replaced] + word, suggestion.ApplyTo(text));
    }

    [Theory]
    [InlineData("Hello the. ", true)]
    [InlineData("hello the. ", false)]
    [InlineData("Hello the ", false)]
    [InlineData("Hello the\n", true)]
    public void A_sentence_begins_with_a_capital_where_the_person_begins_sentences_so(string text, bool isCapital)
    {
        var texts = Cats().Suggest(text, new SuggestionOptions { Count = 8 }).Select(suggestion => suggestion.Text).ToArray();
        Assert.Equal(isCapital, texts.Contains("Cat"));
        Assert.Equal(!isCapital, texts.Contains("cat"));
    }

    [Fact]
    public void Words_without_spaces_between_them_are_suggested_without_one()
    {
        var model = LetterModels.Knowing(SubwordModels.Tokenizer(), "我们", [.. SubwordModels.Tokenizer().Pieces]);
        Assert.Equal(("们", 0), (model.Suggest("我")[0].Text, model.Suggest("我")[0].ReplacedLength));
        Assert.Equal("我们", model.Suggest("我", new SuggestionOptions { MaximumWords = 2 })[0].ApplyTo("我"));
    }

    [Fact]
    public void A_suggestion_goes_on_with_whole_words_as_long_as_each_is_sure_enough()
    {
        var model = LetterModels.Knowing(SubwordModels.Tokenizer(), "cat saw, nosy", [.. SubwordModels.Tokenizer().Pieces]);
        Assert.Equal("cat", model.Suggest("c")[0].Text);
        foreach (var (words, text) in ((int, string)[])[(2, "cat saw"), (3, "cat saw,"), (4, "cat saw, nosy"), (16, "cat saw, nosy")])
            Assert.Equal(text, model.Suggest("c", new SuggestionOptions { MaximumWords = words })[0].Text);
        var pieces = model.Tokenizer.Tokenize(" saw").Count;
        var (one, two) = (model.Suggest("c")[0], model.Suggest("c", new SuggestionOptions { MaximumWords = 2 })[0]);
        Assert.Equal(one.Probability * Math.Pow(10, -0.01 * pieces), two.Probability, 1e-4);
        Assert.Equal("cat", model.Suggest("c", new SuggestionOptions { MaximumWords = 9, ContinuationConfidence = 1 })[0].Text);
        Assert.Equal("cat saw,", model.Suggest("c", new SuggestionOptions { MaximumWords = 9, BlockedWords = ["Nosy"] })[0].Text);
        // What is typed already is worth going on with.
        Assert.Equal("cat saw", model.Suggest("cat", new SuggestionOptions { MaximumWords = 2 })[0].Text);
    }

    [Fact]
    public void Blocked_words_are_not_suggested_unless_the_person_types_them()
    {
        var options = new SuggestionOptions { Count = 5, BlockedWords = ["CAT"] };
        Assert.Equal("cat", Cats().Suggest("the c")[0].Text);
        Assert.DoesNotContain("cat", Cats().Suggest("the c", options).Select(suggestion => suggestion.Text));
        Assert.Equal(5, Cats().Suggest("the c", options).Count);
        var session = Cats().StartTyping(new TypingOptions { Suggestions = options });
        session.Type("cat the c");
        Assert.Equal("cat", session.Suggestions[0].Text);
    }

    [Fact]
    public void Nothing_is_suggested_that_is_below_the_confidence_and_the_first_are_the_same_however_many_are_asked_for()
    {
        var all = Cats().Suggest("the c", new SuggestionOptions { Count = 12 });
        Assert.Equal(all.Take(3), Cats().Suggest("the c"));
        Assert.Equal(all.Where(suggestion => suggestion.Probability >= all[4].Probability), Cats().Suggest("the c", new SuggestionOptions { Count = 12, Confidence = all[4].Probability }));
        Assert.Empty(Cats().Suggest("the c", new SuggestionOptions { Confidence = 1 }));
    }

    [Fact]
    public void No_text_makes_suggestions_fail()
    {
        string[] texts = ["\uD83D", "a \uD83D", "\uDE00 wor", "a\u0301", "<unk> <eo", "<eos>", "\0\u200B\u00AD", "cat\u200D", "cat\u200D ", "don'", "...", "\r\n\r", "한ᄀ", new string('x', 5000), new string(' ', 200), "</w>c", "the </w>"];
        foreach (var text in texts)
            foreach (var suggestion in Cats().Suggest(text, new SuggestionOptions { MaximumWords = 3 })) _ = suggestion.ApplyTo(text);
    }

    [Fact]
    public void Variants_of_letters_are_their_cases_and_apostrophes()
    {
        Assert.Equal([""], TypedVariants.Of(""));
        Assert.Equal(["pa", "Pa", "PA"], TypedVariants.Of("pa"));
        Assert.Equal(["iP", "ip", "Ip", "IP"], TypedVariants.Of("iP"));
        Assert.Equal(["3'", "3’"], TypedVariants.Of("3'"));
    }

    private static readonly Lazy<LanguageModel> KnownCats = new(() => SubwordModels.Model(merges: 60, favoured: ["Ġcat</w>", "c", "Ġc", "at</w>"]));

    private static LanguageModel Cats() => KnownCats.Value;
}
