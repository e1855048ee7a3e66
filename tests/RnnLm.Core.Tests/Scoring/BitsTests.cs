namespace RnnLm.Tests.Scoring;

public class BitsTests
{
    // Every word is as probable as any other: two bits each.
    private static readonly LanguageModel Even = Model(Tokenizer.Whitespace, "<unk>", "<eos>", "w2", "été");

    [Fact]
    public void Bits_are_worked_out_by_hand()
    {
        var score = Even.Score("w2 été  w2");
        Assert.Equal((4, 11), (score.Count, score.CharacterCount));
        Assert.Equal(2, score.BitsPerWord, 1e-6);
        Assert.Equal(8.0 / 11, score.BitsPerCharacter, 1e-6);

        var open = Even.Score("w2 été  w2", new ScoringOptions { IncludeEndOfLine = false });
        Assert.Equal((3, 10), (open.Count, open.CharacterCount));
        Assert.Equal(0.6, open.BitsPerCharacter, 1e-6);
    }

    [Fact]
    public void Characters_are_code_points() => Assert.Equal(4, Even.Score("a😀b").CharacterCount);

    [Fact]
    public void A_row_of_words_has_the_characters_of_the_text_that_they_are_joined_to()
    {
        Assert.Equal(Even.Score("w2 été w2").CharacterCount, Even.Score(["w2", "", "été", "w2"]).CharacterCount);
        var text = Model(Tokenizer.Text(), "<unk>", "<eos>", "Hello", ",");
        Assert.Equal("Hello, Hello,".Length + 1, text.Score(["Hello", ",", "Hello", ","]).CharacterCount);
    }

    [Fact]
    public void An_unknown_word_that_is_left_out_takes_its_characters_with_it()
    {
        var score = Even.Score("w2 zebra w2", new ScoringOptions { UnknownWords = UnknownWordPolicy.Excluded });
        Assert.Equal((3, 7), (score.Count, score.CharacterCount));
        Assert.Equal(6.0 / 7, score.BitsPerCharacter, 1e-6);
        Assert.Equal(12, Even.Score("w2 zebra w2").CharacterCount);
    }

    [Fact]
    public void Nothing_has_no_bits()
    {
        var nothing = Even.Score("", new ScoringOptions { IncludeEndOfLine = false });
        Assert.Equal(0, nothing.CharacterCount);
        Assert.True(double.IsNaN(nothing.BitsPerCharacter));
        Assert.True(double.IsNaN(nothing.BitsPerWord));
        Assert.Equal(2, Even.Score("").BitsPerCharacter, 1e-6); // the end of the line
    }

    [Fact]
    public void Words_and_characters_of_the_same_text_can_be_compared_by_character()
    {
        var characters = Model(Tokenizer.Characters, "<unk>", "<eos>", "a", "b");
        var score = characters.Score("abba");
        Assert.Equal((5, 5), (score.Count, score.CharacterCount));
        Assert.Equal(score.BitsPerWord, score.BitsPerCharacter, 1e-12);
    }

    [Fact]
    public void Many_texts_and_streams_have_them_too()
    {
        Assert.Equal(11, Even.ScoreMany(["w2 été  w2"])[0].CharacterCount);
        Assert.Equal(11, Even.ScoreStream(["w2 été  w2"]).Single().CharacterCount);
    }

    private static LanguageModel Model(Tokenizer tokenizer, params string[] words)
    {
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = words.Length, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        return new LanguageModel(tokenizer, new Vocabulary(words), new NetworkWeights(shape));
    }
}
