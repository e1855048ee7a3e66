namespace RnnLm.Tests.Suggestions;

/// <summary>The words that are suggested for letters typed, against going over the whole vocabulary.</summary>
public class PrefixSuggestionTests
{
    [Theory]
    [InlineData(0, 5.0)]
    [InlineData(1, 5.0)]
    [InlineData(2, 5.0)]
    [InlineData(2, 1.5)]
    [InlineData(2, 0.0)]
    public void Suggestions_are_those_of_going_over_all_words(int edits, double cost)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var words = LetterModels.MadeUp(400, seed);
            var model = LetterModels.Of(Tokenizer.Whitespace, words, seed);
            var logProbabilities = new float[model.Vocabulary.Count];
            model.LogProbabilities(model.Start(words[5]), logProbabilities);
            var random = new Random(seed);
            for (var i = 0; i < 60; i++)
            {
                var prefix = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abcdex"[random.Next(6)]));
                var expected = PlainSuggestions.Of(model.Vocabulary, logProbabilities, prefix, edits, cost);
                var options = new SuggestionOptions { Count = 7, MaximumEdits = edits, EditCost = edits == 0 ? null : cost };
                var actual = model.Suggest($"{words[5]} {prefix}", options);
                Assert.Equal(Math.Min(7, expected.Count), actual.Count);
                for (var place = 0; place < actual.Count; place++)
                {
                    Assert.Equal(expected[place].Probability, actual[place].Probability, 1e-9 + (1e-5 * expected[place].Probability));
                    Assert.Equal(expected[place].Word, actual[place].Text);
                    Assert.Equal(expected[place].Edits, actual[place].Edits);
                    Assert.Equal(prefix.Length, actual[place].ReplacedLength);
                }
            }
        }
    }

    [Fact]
    public void Without_a_letter_they_are_the_next_words_with_their_probabilities()
    {
        var model = LetterModels.Of(Tokenizer.Whitespace, LetterModels.MadeUp(100, 1));
        var next = model.NextWords("ab", 10);
        var suggestions = model.Suggest("ab ", new SuggestionOptions { Count = 10 });
        Assert.Equal(next.Select(word => word.Word), suggestions.Select(suggestion => suggestion.Text));
        foreach (var (word, suggestion) in next.Zip(suggestions)) Assert.Equal(word.Probability, suggestion.Probability, 1e-6);
        Assert.All(suggestions, suggestion => Assert.Equal(0, suggestion.ReplacedLength));
    }

    [Fact]
    public void The_number_asked_for_makes_no_difference_to_the_first()
    {
        var model = LetterModels.OfEnglish();
        foreach (var text in (string[])["", "the ", "the th", "from fr", "hello, wor", "THE", "it. "])
        {
            var many = model.Suggest(text, new SuggestionOptions { Count = 10 });
            Assert.Equal(many.Take(3), model.Suggest(text, new SuggestionOptions { Count = 3 }));
        }
    }

    [Fact]
    public void Special_words_are_never_suggested_however_probable_they_are()
    {
        var model = LetterModels.Of(Tokenizer.Whitespace, ["a"]);
        Assert.Equal(["a"], model.Suggest("", new SuggestionOptions { Count = 5 }).Select(suggestion => suggestion.Text));
        Assert.Empty(model.Suggest("<un"));
        Assert.Empty(model.Suggest("<eo"));
    }

    [Fact]
    public void What_stands_for_numbers_is_never_suggested()
    {
        Assert.Equal(["a"], LetterModels.Of(Tokenizer.Text(numberClass: NumberClass.Word), ["<num>", "a"]).Suggest("").Select(suggestion => suggestion.Text));
        Assert.Equal(["a"], LetterModels.Of(Tokenizer.Text(numberClass: NumberClass.Digits), ["00", "0nd", "a"]).Suggest("").Select(suggestion => suggestion.Text));
    }

    [Fact]
    public void Letters_are_compared_whatever_their_case_and_apostrophe()
    {
        var model = LetterModels.OfEnglish();
        Assert.Contains("Paris", Texts("the pari"));
        Assert.Contains("don't", Texts("the don’"));
        Assert.Contains("σοφος", Texts("the σοφοσ"));
        Assert.Contains("naïve", Texts("the nai\u0308"));

        IEnumerable<string> Texts(string text) => model.Suggest(text, new SuggestionOptions { Count = 20 }).Select(suggestion => suggestion.Text);
    }

    [Fact]
    public void Nothing_is_suggested_that_is_below_the_confidence()
    {
        var model = LetterModels.OfEnglish();
        var all = model.Suggest("the ", new SuggestionOptions { Count = 20 });
        var least = all[4].Probability;
        var sure = model.Suggest("the ", new SuggestionOptions { Count = 20, Confidence = least });
        Assert.Equal(all.Where(suggestion => suggestion.Probability >= least), sure);
        Assert.Empty(model.Suggest("the ", new SuggestionOptions { Confidence = 1 }));
    }

    [Fact]
    public void Letters_of_no_word_have_hardly_any_confidence()
    {
        // A single word begins so, and the unknown word is as probable as it: it does not get all of the probability.
        var model = LetterModels.Knowing(Tokenizer.Text(), "a b", "xylophone");
        var suggestion = Assert.Single(model.Suggest("b x", new SuggestionOptions { MaximumEdits = 0 }));
        Assert.Equal(1 / (1 + (1.0 / 27)), suggestion.Probability, 1e-6);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once()
    {
        var options = new SuggestionOptions { Count = 64, MaximumWords = 0, ContinuationConfidence = 2, MaximumEdits = 3, EditCost = double.NaN, Confidence = -1, BlockedWords = ["a b", null!, ""] };
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => LetterModels.OfEnglish().Suggest("", options)).Message;
        foreach (var name in (string[])["Count", "MaximumWords", "ContinuationConfidence", "MaximumEdits", "EditCost", "Confidence", "BlockedWords[0]", "BlockedWords[1]", "BlockedWords[2]"]) Assert.Contains(name, fault);
        Assert.Contains("no effect", Assert.Throws<ArgumentOutOfRangeException>(() => LetterModels.OfEnglish().Suggest("", new SuggestionOptions { MaximumEdits = 0, EditCost = 3 })).Message);
        Assert.Contains("BlockedWords is null", Assert.Throws<ArgumentOutOfRangeException>(() => LetterModels.OfEnglish().Suggest("", new SuggestionOptions { BlockedWords = null! })).Message);
    }
}
