namespace RnnLm.Tests.Suggestions;

/// <summary>Suggestions of several words, and of several characters where words are written without spaces.</summary>
public class LongSuggestionTests
{
    [Theory]
    [InlineData(1, "quick")]
    [InlineData(2, "quick,")]
    [InlineData(3, "quick, brown")]
    [InlineData(9, "quick, brown fox.")]
    public void A_suggestion_has_as_many_words_as_are_wanted_and_sure(int words, string text)
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "the quick, brown fox.", "quite");
        var suggestion = model.Suggest("the q", new SuggestionOptions { MaximumWords = words })[0];
        Assert.Equal((text, 1), (suggestion.Text, suggestion.ReplacedLength));
    }

    [Fact]
    public void It_goes_on_no_further_than_it_is_sure()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "the quick brown fox", "quite");
        var step = Math.Pow(10, -0.01);
        var first = model.Suggest("the q")[0].Probability;
        Assert.Equal("quick", model.Suggest("the q", new SuggestionOptions { MaximumWords = 9, ContinuationConfidence = step + 0.001 })[0].Text);
        Assert.Equal("quick brown fox", model.Suggest("the q", new SuggestionOptions { MaximumWords = 9, ContinuationConfidence = step - 0.001 })[0].Text);
        var whole = model.Suggest("the q", new SuggestionOptions { MaximumWords = 9 })[0].Probability;
        Assert.Equal(first * step * step, whole, 1e-6);
        Assert.Equal("quick brown", model.Suggest("the q", new SuggestionOptions { MaximumWords = 9, Confidence = (first * step * step) + 1e-4 })[0].Text);
    }

    [Fact]
    public void A_sentence_goes_on_behind_a_space()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "The quick fox");
        Assert.Equal(("quick fox", 0), Shown(model.Suggest("The ", new SuggestionOptions { MaximumWords = 4 })[0]));
        Assert.Equal(("The quick fox", 0), Shown(model.Suggest("", new SuggestionOptions { MaximumWords = 4 })[0]));
    }

    [Fact]
    public void Chinese_goes_on_with_several_characters_and_without_spaces()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "我们今天去北京。", "天", "门");
        Assert.Equal(("们今天去", 0), Shown(model.Suggest("我")[0]));
        Assert.Equal(("北京。", 0), Shown(model.Suggest("我们今天去")[0]));
        Assert.Equal(("们今天去北京。", 0), Shown(model.Suggest("我", new SuggestionOptions { MaximumWords = 2 })[0]));
        Assert.Equal(("们", 0), Shown(model.Suggest("我", new SuggestionOptions { ContinuationConfidence = 1 })[0]));
        // An n-gram model of the next character is the same whatever comes before.
        Assert.Equal(("们今天去", 0), Shown(model.Suggest("abc 我")[0]));
    }

    [Fact]
    public void A_session_of_Chinese_puts_no_spaces_in()
    {
        var session = LetterModels.Knowing(Tokenizer.Text(), "我们今天去北京。").StartTyping(new TypingOptions { Learn = false });
        session.Type("我");
        session.Accept(session.Suggestions[0]);
        Assert.Equal("我们今天去", session.Text);
        session.Accept(session.Suggestions[0]);
        Assert.Equal("我们今天去北京。", session.Text);
    }

    private static (string, int) Shown(Suggestion suggestion) => (suggestion.Text, suggestion.ReplacedLength);
}
