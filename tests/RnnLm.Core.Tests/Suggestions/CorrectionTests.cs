namespace RnnLm.Tests.Suggestions;

public class CorrectionTests
{
    [Theory]
    [InlineData("wrold", "world")] // swapped
    [InlineData("wurld", "world")] // replaced
    [InlineData("wrld", "world")] // left out
    [InlineData("woorld", "world")] // put in
    [InlineData("orld", "world")] // left out at the beginning
    [InlineData("xylofone", "xylophone")] // two
    public void A_letter_or_two_that_were_typed_wrongly_are_corrected(string typed, string meant)
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), $"hello {meant}", "worse", "xylem");
        var first = model.Suggest($"hello {typed}")[0];
        Assert.Equal((meant, typed.Length), (first.Text, first.ReplacedLength));
        Assert.True(first.Edits > 0);
        Assert.DoesNotContain(meant, model.Suggest($"hello {typed}", new SuggestionOptions { MaximumEdits = 0 }).Select(suggestion => suggestion.Text));
    }

    [Fact]
    public void Two_letters_typed_are_taken_as_they_are()
        => Assert.Empty(LetterModels.Knowing(Tokenizer.Text(), "hello world").Suggest("hello ow"));

    /// <summary>"tehran" goes on with what was typed and is e^4.58 times less probable than "the", which takes one edit.</summary>
    [Theory]
    [InlineData(4.5, "the")]
    [InlineData(4.7, "tehran")]
    [InlineData(null, "tehran")]
    public void What_goes_on_with_the_letters_comes_first_unless_the_other_word_is_more_probable_by_the_cost(double? cost, string first)
    {
        // log10 p is −0.01 and −2 with a back-off weight of 0: 1.99 · ln 10 = 4.58.
        string[] arpa = ["\\data\\", "ngram 1=5", "", "\\1-grams:", "-2\t</s>", "-99\t<s>", "-3\t<unk>", "-0.01\tthe", "-2\ttehran", "", "\\end\\"];
        var model = NGramModel.ReadArpa(arpa, Tokenizer.Text());
        Assert.Equal(first, model.Suggest("x teh", new SuggestionOptions { EditCost = cost })[0].Text);
    }

    [Fact]
    public void A_word_of_a_persons_own_is_corrected_too()
    {
        var session = LetterModels.OfEnglish().StartTyping();
        session.Type("Zarathustra Zarathustra zarthustr");
        Assert.Equal("Zarathustra", session.Suggestions[0].Text);
        Assert.Equal(1, session.Suggestions[0].Edits);
    }
}
