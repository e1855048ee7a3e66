namespace RnnLm.Tests.Text;

public class TokenStreamTests
{
    private static readonly Vocabulary Words = new(["<unk>", "<eos>", "a", "b"]);

    [Fact]
    public void A_corpus_is_read_once_and_written_in_the_ids_of_its_vocabulary()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        builder.Add("b a b");
        builder.Add("c b <unk>");
        var vocabulary = builder.BuildVocabulary(new() { MaximumSize = 4 });
        Assert.Equal(["<unk>", "<eos>", "b", "a"], vocabulary);

        var stream = builder.Build(vocabulary);
        Assert.Equal([2, 3, 2, 1, 0, 2, 0, 1], stream.Ids.ToArray());
        Assert.Equal((8, 2, 2L, 0), (stream.Count, stream.LineCount, stream.UnknownCount, stream.SkippedLines));
        Assert.Equal((6L, 4, 2), (builder.WordCount, builder.DistinctWordCount, builder.LineCount));
    }

    [Fact]
    public void A_corpus_can_be_written_in_the_ids_of_more_than_one_vocabulary_and_added_to()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        builder.Add("a b c");
        Assert.Equal([2, 3, 0, 1], builder.Build(Words).Ids.ToArray());
        Assert.Equal([2, 3, 4, 1], builder.Build(builder.BuildVocabulary()).Ids.ToArray());
        builder.Add("c");
        Assert.Equal([2, 3, 0, 1, 0, 1], builder.Build(Words).Ids.ToArray());
    }

    [Fact]
    public void A_known_vocabulary_gives_the_same_stream_by_either_way()
    {
        string?[] lines = ["a b", null, "", "x a\nb", " ", "<unk> <eos>"];
        foreach (var skip in new[] { false, true })
        {
            var builder = new TokenStreamBuilder(Tokenizer.Whitespace) { SkipLinesWithoutWords = skip };
            foreach (var line in lines) builder.Add(line);
            var expected = builder.Build(Words);
            var stream = TokenStream.Encode(Tokenizer.Whitespace, Words, lines, skip);
            Assert.Equal(expected.Ids.ToArray(), stream.Ids.ToArray());
            Assert.Equal((expected.LineCount, expected.UnknownCount, expected.SkippedLines), (stream.LineCount, stream.UnknownCount, stream.SkippedLines));
        }
    }

    [Fact]
    public void A_blank_line_gives_just_an_end_of_line_word_and_a_null_line_is_left_out()
    {
        var stream = TokenStream.Encode(Tokenizer.Whitespace, Words, ["a", "", " \t", null, "b"]);
        Assert.Equal([2, 1, 1, 1, 3, 1], stream.Ids.ToArray());
        Assert.Equal((4, 1), (stream.LineCount, stream.SkippedLines));
    }

    [Fact]
    public void Lines_without_words_are_left_out_where_asked_for()
    {
        var stream = TokenStream.Encode(Tokenizer.Whitespace, Words, ["a", "", " \t", null, "b"], skipLinesWithoutWords: true);
        Assert.Equal([2, 1, 3, 1], stream.Ids.ToArray());
        Assert.Equal((2, 3), (stream.LineCount, stream.SkippedLines));
    }

    [Theory]
    [InlineData("a\nb", new[] { 2, 1, 3, 1 })]
    [InlineData("a\r\nb\r\n", new[] { 2, 1, 3, 1 })]
    [InlineData("a\n\nb", new[] { 2, 1, 1, 3, 1 })]
    [InlineData("\n", new[] { 1 })]
    [InlineData("", new[] { 1 })]
    [InlineData("\na", new[] { 1, 2, 1 })]
    [InlineData("a\rb\r", new[] { 2, 1, 3, 1 })]
    [InlineData("a\r\r\nb", new[] { 2, 1, 1, 3, 1 })]
    [InlineData("a\u2028b\u2029a\u0085b", new[] { 2, 3, 2, 3, 1 })]
    public void A_text_of_several_lines_is_added_as_that_many(string text, int[] ids)
    {
        Assert.Equal(ids, TokenStream.Encode(Tokenizer.Whitespace, Words, [text]).Ids.ToArray());
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        builder.Add(text.AsSpan());
        Assert.Equal(ids, builder.Build(Words).Ids.ToArray());
    }

    [Fact]
    public void No_character_tokenizer_meets_the_end_of_a_line()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Characters);
        builder.Add("a b\r\n");
        Assert.Equal(["<unk>", "<eos>", " ", "a", "b"], builder.BuildVocabulary());
    }

    [Fact]
    public void The_end_of_line_word_written_in_the_text_is_the_end_of_line_word() =>
        Assert.Equal([2, 1, 3, 1], TokenStream.Encode(Tokenizer.Whitespace, Words, ["a <eos> b"]).Ids.ToArray());

    [Fact]
    public void Lines_that_are_words_already_are_taken_as_they_are()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Text(lowerCase: true));
        builder.AddWords(["New York", null, "", "U.S.A."]);
        builder.AddWords((IEnumerable<string?>?)null);
        builder.AddWords(["New York".AsMemory(), default, "\uD83D".AsMemory()]);
        builder.AddWords(Array.Empty<string>());
        var vocabulary = builder.BuildVocabulary();
        Assert.Equal(["<unk>", "<eos>", "New York", "U.S.A.", "\uFFFD"], vocabulary);
        var stream = builder.Build(vocabulary);
        Assert.Equal([2, 3, 1, 2, 4, 1, 1], stream.Ids.ToArray());
        Assert.Equal((3, 1), (stream.LineCount, stream.SkippedLines));

        var encoder = new TokenStreamEncoder(Tokenizer.Text(), vocabulary) { SkipLinesWithoutWords = true };
        encoder.AddWords(["U.S.A.", "?"]);
        encoder.AddWords(["New York".AsMemory(), "\uD83D".AsMemory()]);
        encoder.AddWords([""]);
        encoder.AddWords((IEnumerable<string?>?)null);
        Assert.Equal([3, 0, 1, 2, 4, 1], encoder.Build().Ids.ToArray());
        Assert.Equal((2, 2), (encoder.LineCount, encoder.SkippedLines));
    }

    [Fact]
    public void Lines_that_are_ids_already_are_taken_as_they_are()
    {
        var encoder = new TokenStreamEncoder(Tokenizer.Whitespace, Words);
        encoder.AddIds([3, 0, 2]);
        encoder.AddIds([]);
        Assert.Equal([3, 0, 2, 1, 1], encoder.Build().Ids.ToArray());
        Assert.Equal(1, encoder.Build().UnknownCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void An_id_outside_the_vocabulary_is_refused_and_leaves_nothing_behind(int id)
    {
        var encoder = new TokenStreamEncoder(Tokenizer.Whitespace, Words);
        Assert.Contains("0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => encoder.AddIds([2, id])).Message);
        Assert.Equal(0, encoder.Build().Count);
    }

    [Fact]
    public void A_corpus_longer_than_a_block_keeps_its_order()
    {
        const int count = 3_000_000;
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        for (var i = 0; i < count; i++) builder.AddWords([i % 3 == 0 ? "a" : "b"]);
        var ids = builder.Build(Words).Ids.Span;
        Assert.Equal(2 * count, ids.Length);
        for (var i = 0; i < count; i++)
        {
            if (ids[2 * i] != (i % 3 == 0 ? 2 : 3) || ids[2 * i + 1] != 1) Assert.Fail($"line {i} is {ids[2 * i]} {ids[2 * i + 1]}");
        }
    }

    [Fact]
    public void An_empty_corpus_gives_an_empty_stream_and_no_vocabulary()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Text()) { SkipLinesWithoutWords = true };
        builder.Add(null);
        builder.Add(" ");
        Assert.Equal(0, builder.Build(Words).Count);
        Assert.Contains("2 were left out", Assert.Throws<InvalidOperationException>(() => builder.BuildVocabulary()).Message);
        Assert.Equal(0, TokenStream.Encode(Tokenizer.Text(), Words, []).Count);
    }

    [Fact]
    public void Options_that_are_out_of_range_are_refused_on_an_empty_corpus_too() =>
        Assert.Throws<ArgumentException>(() => new TokenStreamBuilder(Tokenizer.Text()).BuildVocabulary(new() { MinimumCount = 0 }));
}
