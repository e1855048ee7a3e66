namespace RnnLm.Tests.Reading;

/// <summary>In a list of words, those that are null or empty are no words, whatever reads the list.</summary>
public class EmptyWordTests
{
    private readonly LanguageModel model = RandomModels.Model();

    private string Word => model.Vocabulary[3];

    private string Other => model.Vocabulary[5];

    private string?[] WithEmptyWords => ["", null, Word, null, "", "zebra", Other, ""];

    private string[] Words => [Word, "zebra", Other];

    [Fact]
    public void A_score_is_that_of_the_words_without_them()
    {
        var (expected, actual) = (model.Score(Words), model.Score(WithEmptyWords));
        Assert.Equal(expected.Words.Select(word => (word.Word, word.LogProbability, word.IsUnknown)), actual.Words.Select(word => (word.Word, word.LogProbability, word.IsUnknown)));
        Assert.Equal((4, 1), (actual.Words.Count, actual.UnknownCount));
        Assert.Equal(expected.LogProbability, model.ScoreMany([WithEmptyWords, Words])[0].LogProbability);
    }

    [Fact]
    public void What_comes_next_is_what_comes_after_the_words_without_them()
    {
        Assert.Equal(model.Start(Words).Output.ToArray(), model.Start(WithEmptyWords).Output.ToArray());
        Assert.Equal(model.NextWords(Words).ToArray(), model.NextWords(WithEmptyWords).ToArray());
        Assert.Equal(model.GenerateWords(Words).Select(word => word.Id), model.GenerateWords(WithEmptyWords).Select(word => word.Id));
    }

    [Fact]
    public void Nothing_but_them_is_the_beginning_of_a_line()
    {
        Assert.Equal(model.Start().Output.ToArray(), model.Start([null, ""]).Output.ToArray());
        Assert.Equal(model.Score("").LogProbability, model.Score([null, ""]).LogProbability);
        Assert.Equal(model.Score([]).Words.Count, model.Score([null, ""]).Words.Count);
    }

    [Fact]
    public void A_state_that_reads_one_is_left_as_it_is_and_must_be_one_of_the_model()
    {
        var state = model.Start(Words);
        model.Read(state, "");
        Assert.Equal(model.Start(Words).Output.ToArray(), state.Output.ToArray());
        Assert.Throws<ArgumentException>(() => model.Read(RandomModels.Model(hidden: 9).Start(), ""));
    }

    [Fact]
    public void A_text_encoder_has_the_same_words()
    {
        var encoder = new TokenStreamEncoder(Tokenizer.Whitespace, model.Vocabulary);
        encoder.AddWords(WithEmptyWords);
        Assert.Equal(model.Score(WithEmptyWords).Words.Select(word => model.Vocabulary.IdOf(word.Word)), encoder.Build().Ids.ToArray());
    }
}
