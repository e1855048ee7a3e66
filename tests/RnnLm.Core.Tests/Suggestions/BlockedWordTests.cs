namespace RnnLm.Tests.Suggestions;

public class BlockedWordTests
{
    private static readonly SuggestionOptions Options = new() { Count = 63, BlockedWords = ["WORLD", "zarathustra"] };

    [Fact]
    public void Blocked_words_are_not_suggested_in_whatever_case()
    {
        var model = LetterModels.OfEnglish();
        foreach (var text in (string[])["hello ", "hello wor", "hello WOR", "Hello. ", "hello wrold"])
        {
            var blocked = Texts(model.Suggest(text, Options));
            Assert.Equal(Texts(model.Suggest(text, new SuggestionOptions { Count = 63 })).Where(word => !word.Equals("world", StringComparison.OrdinalIgnoreCase)), blocked);
        }
    }

    [Fact]
    public void The_person_who_has_typed_one_himself_is_suggested_it()
    {
        var session = LetterModels.OfEnglish().StartTyping(new TypingOptions { Suggestions = Options });
        session.Type("hello wor");
        Assert.DoesNotContain("world", Texts(session.Suggestions));
        session.Type("ld wor");
        Assert.Contains("world", Texts(session.Suggestions));
        session.Type("d Zarathustra Zara");
        Assert.Contains("Zarathustra", Texts(session.Suggestions));
        session.User!.Forget("world");
        session.Type(" wor");
        Assert.DoesNotContain("world", Texts(session.Suggestions));
    }

    [Fact]
    public void What_is_blocked_is_read_and_scored_as_ever()
    {
        var model = LetterModels.OfEnglish();
        var score = model.Score("hello world form").LogProbability;
        var blocked = model.Suggest("hello world f", Options);
        Assert.Equal(score, model.Score("hello world form").LogProbability);
        Assert.Equal(model.Suggest("hello world f", new SuggestionOptions { Count = 63 }), blocked);
    }

    [Fact]
    public void A_suggestion_of_several_words_ends_before_a_blocked_one()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "the quick brown fox jumps");
        Assert.Equal("quick brown fox jumps", model.Suggest("the qu", new SuggestionOptions { MaximumWords = 9 })[0].Text);
        Assert.Equal("quick brown", model.Suggest("the qu", new SuggestionOptions { MaximumWords = 9, BlockedWords = ["Fox"] })[0].Text);
    }

    private static IEnumerable<string> Texts(IEnumerable<Suggestion> suggestions) => suggestions.Select(suggestion => suggestion.Text);
}
