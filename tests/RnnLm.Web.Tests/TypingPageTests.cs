using WebPage;

namespace RnnLm.Web.Tests;

public sealed class TypingPageTests
{
    [Fact]
    public void It_suggests_what_the_model_suggests_for_the_text_however_the_text_came_to_be()
    {
        string[] pieces = ["the ", "c", "at", " sat", ", ", ".", "\n", "Str", "aße", "😀", "\uD83D", " ", "猫", "e\u0301"];
        var random = new Random(1);
        var followed = new TypingPage(CatModel.Get());
        var text = "";
        for (var step = 0; step < 300; step++)
        {
            var kept = random.Next(3) == 0 ? random.Next(text.Length + 1) : text.Length;
            text = text[..kept] + pieces[random.Next(pieces.Length)];
            var answer = followed.Suggest(text);
            Assert.Equal(text, answer.Text);
            Assert.Equal(new TypingPage(CatModel.Get()).Suggest(text).Suggestions, answer.Suggestions);
            if (answer.Suggestions.Count == 0 || random.Next(4) > 0) continue;

            var taken = answer.Suggestions[random.Next(answer.Suggestions.Count)];
            var after = followed.Accept(text, taken);
            Assert.Equal(text[..^taken.ReplacedLength] + taken.Text, after.Text.EndsWith(taken.Text, StringComparison.Ordinal) ? after.Text : after.Text[..^1]);
            text = after.Text;
        }
    }

    [Theory]
    [InlineData("the cat s")]
    [InlineData("the cat ")]
    public void It_explains_what_it_suggests_by_the_words_before(string text)
    {
        var page = new TypingPage(CatModel.Get());
        var suggestion = page.Suggest(text).Suggestions[0];
        var expected = CatModel.Get().Explain("the cat", new ExplanationOptions { Word = suggestion.Text });
        var explanation = page.Explain(text, suggestion);
        Assert.Equal(suggestion.Text, explanation.Suggestion);
        Assert.Equal(expected.Probability, explanation.Probability);
        Assert.Equal(expected.Words.Select(word => new PageInfluence(word.Word, word.Nats)), explanation.Words);
    }

    [Fact]
    public void It_explains_a_word_with_a_capital_and_only_by_its_own_line()
    {
        var page = new TypingPage(CatModel.Get());
        var suggestion = page.Suggest("The cat sat.\nThe C").Suggestions[0];
        Assert.StartsWith("Cat", suggestion.Text, StringComparison.Ordinal);
        Assert.Equal("The", Assert.Single(page.Explain("The cat sat.\nThe C", suggestion).Words).Word);
        Assert.Empty(page.Explain("The cat sat.\nT", new PageSuggestion("The", 1, 1)).Words);
    }

    [Fact]
    public void A_word_that_the_model_does_not_know_is_said_to_be_the_persons_own()
    {
        var page = new TypingPage(CatModel.Get());
        var suggestion = Assert.Single(page.Suggest("Frobnicator ran. Fro").Suggestions, suggestion => suggestion.Text.StartsWith("Frobnicator", StringComparison.Ordinal));
        Assert.Null(page.Explain("Frobnicator ran. Fro", suggestion).Probability);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_suggestion_for_another_text_is_refused(int replacedLength)
    {
        var page = new TypingPage(CatModel.Get());
        Assert.Throws<ArgumentException>(() => page.Explain("the", new PageSuggestion("cat", replacedLength, 1)));
        Assert.Throws<ArgumentException>(() => page.Accept("the", new PageSuggestion("cat", replacedLength, 1)));
    }
}
