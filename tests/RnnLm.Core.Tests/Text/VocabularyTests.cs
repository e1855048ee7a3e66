namespace RnnLm.Tests.Text;

public class VocabularyTests
{
    private static readonly Vocabulary Words = new(["<unk>", "<eos>", "cat", "the"]);

    [Fact]
    public void Words_have_the_ids_of_their_order()
    {
        Assert.Equal(4, Words.Count);
        Assert.Equal("cat", Words[2]);
        Assert.Equal(3, Words.IdOf("the"));
        Assert.Equal(Vocabulary.UnknownId, Words.IdOf("<unk>"));
        Assert.Equal(Vocabulary.EndOfLineId, Words.IdOf("<eos>"));
        Assert.Equal(("<unk>", "<eos>"), (Words.UnknownWord, Words.EndOfLineWord));
        Assert.Equal(["<unk>", "<eos>", "cat", "the"], Words);
    }

    [Theory]
    [InlineData("dog")]
    [InlineData("The")]
    [InlineData("")]
    public void A_word_outside_the_vocabulary_is_read_as_the_unknown_word(string word)
    {
        Assert.Equal(Vocabulary.UnknownId, Words.IdOf(word));
        Assert.False(Words.Contains(word));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void An_id_outside_the_vocabulary_is_refused(int id) =>
        Assert.Contains("0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => Words[id]).Message);

    [Fact]
    public void Words_that_no_vocabulary_can_hold_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new Vocabulary(null!));
        Assert.Contains("at least", Assert.Throws<ArgumentException>(() => new Vocabulary(["<unk>"])).Message);
        Assert.Contains("id 2 is empty", Assert.Throws<ArgumentException>(() => new Vocabulary(["<unk>", "<eos>", ""])).Message);
        Assert.Contains("ids 1 and 3", Assert.Throws<ArgumentException>(() => new Vocabulary(["<unk>", "<eos>", "a", "<eos>"])).Message);
        Assert.Contains("id 2 holds half", Assert.Throws<ArgumentException>(() => new Vocabulary(["<unk>", "<eos>", "\uD83D"])).Message);
    }

    [Fact]
    public void Every_fault_of_the_options_is_named_at_once()
    {
        var options = new VocabularyOptions { MaximumSize = 2, MinimumCount = 0, UnknownWord = "", EndOfLineWord = "end of line" };
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All(["MaximumSize", "MinimumCount", "UnknownWord", "white space"], fault => Assert.Contains(fault, message));
        Assert.Contains("differ", Assert.Throws<ArgumentException>(new VocabularyOptions { EndOfLineWord = "<unk>" }.Validate).Message);
    }
}
