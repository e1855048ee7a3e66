namespace RnnLm.Tests.Text;

public class VocabularyBuilderTests
{
    [Fact]
    public void Words_are_ordered_by_frequency_and_equally_frequent_ones_ordinally()
    {
        using var swedish = new CurrentCulture("sv-SE");
        var vocabulary = Counting("z b ä a Z b c c B c").Build();
        Assert.Equal(["<unk>", "<eos>", "c", "b", "B", "Z", "a", "z", "ä"], vocabulary);
    }

    [Fact]
    public void The_order_in_which_words_are_met_makes_no_difference()
    {
        string[] words = [.. Enumerable.Range(0, 500).Select(i => $"w{i % 97 * (i % 7)}")];
        var expected = Counting(string.Join(' ', words)).Build();
        new Random(1).Shuffle(words);
        Assert.Equal(expected, Counting(string.Join(' ', words)).Build());
    }

    [Fact]
    public void The_special_words_count_towards_the_maximum_size() =>
        Assert.Equal(["<unk>", "<eos>", "c", "b"], Counting("a b b c c c").Build(new() { MaximumSize = 4 }));

    [Fact]
    public void Words_that_occur_less_than_the_minimum_count_are_cut() =>
        Assert.Equal(["<unk>", "<eos>", "c", "b"], Counting("a b b c c c").Build(new() { MinimumCount = 2 }));

    [Fact]
    public void Special_words_written_in_the_text_are_not_listed_twice()
    {
        Assert.Equal(["<unk>", "<eos>", "a"], Counting("<unk> <unk> <eos> a").Build());
        Assert.Equal(["UNK", "EOL", "<unk>", "a"], Counting("<unk> <unk> UNK EOL a").Build(new() { UnknownWord = "UNK", EndOfLineWord = "EOL" }));
    }

    [Fact]
    public void Occurrences_are_counted()
    {
        var builder = Counting("a b a");
        Assert.Equal((3, 2, 2, 0), (builder.Count, builder.DistinctCount, builder.CountOf("a"), builder.CountOf("c")));
    }

    [Fact]
    public void Nothing_to_count_is_an_error_that_says_so() =>
        Assert.Contains("empty", Assert.Throws<InvalidOperationException>(() => new VocabularyBuilder().Build()).Message);

    [Fact]
    public void A_vocabulary_of_nothing_but_special_words_is_an_error_that_says_what_to_change()
    {
        using var german = new CurrentCulture("de-DE");
        var builder = Counting(string.Join(' ', Enumerable.Range(0, 1200).Select(i => $"w{i} <unk>")) + " w1 w1");
        var message = Assert.Throws<InvalidOperationException>(() => builder.Build(new() { MinimumCount = 5 })).Message;
        Assert.Contains("1,200 other distinct words", message);
        Assert.Contains("occurs 3 times", message);
        Assert.Contains("Set MinimumCount to at most 3", message);

        Assert.Contains("no other word", Assert.Throws<InvalidOperationException>(() => Counting("<unk> <eos>").Build()).Message);
    }

    [Fact]
    public void What_is_no_word_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new VocabularyBuilder().Add(""));
        Assert.Throws<ArgumentException>(() => new VocabularyBuilder().Add("a\uD83D"));
    }

    private static VocabularyBuilder Counting(string text)
    {
        var builder = new VocabularyBuilder();
        foreach (var word in text.Split(' ')) builder.Add(word);
        return builder;
    }

    [Fact]
    public void A_vocabulary_that_is_extended_keeps_its_ids_and_has_new_words_from_the_most_frequent_to_the_least_behind_them()
    {
        var builder = new VocabularyBuilder();
        foreach (var word in "b a z y y x x x <unk> UNK </s>".Split(' ')) builder.Add(word);
        var known = new Vocabulary(["UNK", "</s>", "a", "b"]);
        Assert.Equal(["UNK", "</s>", "a", "b", "x", "y", "<unk>", "z"], builder.Extend(known));
        Assert.Equal(["UNK", "</s>", "a", "b", "x", "y"], builder.Extend(known, new VocabularyOptions { MinimumCount = 2, UnknownWord = "UNK", EndOfLineWord = "</s>" }));
        Assert.Equal(["UNK", "</s>", "a", "b", "x"], builder.Extend(known, new VocabularyOptions { MaximumSize = 5 }));
        Assert.Same(known, builder.Extend(known, new VocabularyOptions { MinimumCount = 4 }));
        Assert.Same(known, new VocabularyBuilder().Extend(known));
    }
}
