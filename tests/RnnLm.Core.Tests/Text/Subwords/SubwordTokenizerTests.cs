using System.Text;

namespace RnnLm.Tests.Text.Subwords;

public class SubwordTokenizerTests
{
    private static readonly SubwordTokenizer Learned = SubwordModels.Tokenizer();
    private static readonly HashSet<string> Known = [.. Learned.Pieces];

    [Fact]
    public void Pieces_of_any_text_are_joined_to_exactly_that_text() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        var pieces = Learned.Tokenize(text);
        Assert.Equal(TextSamples.WithoutHalfPairs(text), Learned.Join(pieces));
        Assert.True(Known.IsSupersetOf(pieces));
    });

    [Fact]
    public void Every_character_of_Unicode_comes_back_beside_others_and_alone()
    {
        var text = new StringBuilder();
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!Rune.TryCreate(codePoint, out var rune)) continue;
            text.Append(rune);
            if (codePoint % 0x100 != 0xFF) continue;
            var all = text.ToString();
            Assert.Equal(all, Learned.Join(Learned.Tokenize(all)));
            text.Clear();
        }
        foreach (var alone in (string[])["a", " ", "\0", "é", "我", "🙂", "👨‍👩‍👧", "\u200B", "\u00AD"]) Assert.Equal(alone, Learned.Join(Learned.Tokenize(alone)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_read_as_the_replacement_character()
    {
        Assert.Equal("\uFFFD", Learned.Join(Learned.Tokenize("\uD83D")));
        Assert.Equal("a\uFFFDb \uFFFD", Learned.Join(Learned.Tokenize("a\uDE00b \uD83D")));
    }

    [Fact]
    public void The_words_of_any_text_end_where_those_of_running_text_do() => TextSamples.ForAll(TextSamples.Texts, text =>
    {
        // Running text leaves out characters that cannot be seen, and composes; these stay here.
        var plain = new string([.. TextSamples.WithoutHalfPairs(text).Where(c => char.IsAscii(c) && !char.IsControl(c))]).TrimEnd();
        Assert.Equal(Tokenizer.Text().Tokenize(plain).Count, Learned.Tokenize(plain).Count(piece => SubwordTokenizer.EndsWord(piece)));
    });

    [Fact]
    public void A_frequent_word_is_a_piece_and_a_rare_one_several()
    {
        Assert.Equal(["Ġcat</w>"], Learned.Tokenize(" cat"));
        Assert.Equal(["x</w>", "Ġ", "y</w>"], Learned.Tokenize("x y"));
        var rare = Learned.Tokenize("catalog");
        Assert.InRange(rare.Count, 3, 7);
        Assert.Equal("g</w>", rare[^1]);
    }

    [Fact]
    public void The_settings_make_an_equal_tokenizer_and_are_told_shortly()
    {
        var again = Assert.IsType<SubwordTokenizer>(Tokenizer.Create(Learned.Settings));
        Assert.Equal(Learned.Merges, again.Merges);
        Assert.Equal(Learned.Pieces, again.Pieces);
        Assert.True(again.IsSameAs(Learned));
        Assert.False(SubwordModels.Tokenizer(merges: 9).IsSameAs(Learned));
        Assert.StartsWith($"subwords, merges {Learned.Merges.Count} (", Learned.Describe(), StringComparison.Ordinal);
        Assert.Equal(SubwordOptions.SmallestVocabulary - 2, SubwordModels.Tokenizer(merges: 0).Pieces.Count);
        Assert.True(Tokenizer.Create(SubwordModels.Tokenizer(merges: 0).Settings).IsSameAs(SubwordModels.Tokenizer(merges: 0)));
    }

    [Theory]
    [InlineData("lack", null, false)]
    [InlineData("must be two pieces", "t", false)]
    [InlineData("must be two pieces", "t h\n", false)]
    [InlineData("no normalization", "t h", true)]
    [InlineData("no byte and no merge", "th e", false)]
    public void Settings_that_cannot_be_are_refused(string said, string? merges, bool normalizes)
    {
        var settings = new Dictionary<string, string> { ["name"] = "subwords" };
        if (merges is not null) settings.Add("merges", merges);
        if (normalizes) settings.Add("normalization", "nfc");
        Assert.Contains(said, Assert.Throws<FormatException>(() => Tokenizer.Create(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.LearnSubwords(["a"], new SubwordOptions { VocabularySize = 436, MinimumPairCount = 0 }));
        Assert.Contains("VocabularySize is 436; it must be at least 437", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumPairCount is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("2 lines were read", Assert.Throws<InvalidOperationException>(() => Tokenizer.LearnSubwords(["", null, " \t"])).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => Tokenizer.LearnSubwords(["a b"], new SubwordOptions { CancellationToken = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void A_text_read_once_gives_the_tokenizer_and_the_ids_of_one_read_twice()
    {
        var options = new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary + 30 };
        var once = new TokenStreamBuilder(options);
        foreach (var line in SubwordModels.Lines) once.Add(line + "  ");
        Assert.Equal(Learned.Merges, once.LearnSubwords().Merges);
        once.Add("a later line, which has no part in the pieces: zebra");

        var twice = new TokenStreamBuilder(Learned);
        foreach (var line in SubwordModels.Lines) twice.Add(line);
        twice.Add("a later line, which has no part in the pieces: zebra");
        var vocabulary = twice.BuildVocabulary();
        Assert.Equal(vocabulary, once.BuildVocabulary());
        Assert.Equal(2 + Learned.Pieces.Count, vocabulary.Count);
        Assert.Equal(twice.Build(vocabulary).Ids.ToArray(), once.Build(vocabulary).Ids.ToArray());
        Assert.Equal(0, once.Build(vocabulary).UnknownCount);
    }

    [Fact]
    public void What_is_held_out_has_no_part_in_the_pieces()
    {
        var builder = new TokenStreamBuilder(new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary + 30 });
        foreach (var line in SubwordModels.Lines) builder.Add(line);
        var end = builder.Position;
        for (var i = 0; i < 20; i++) builder.Add("zzz zzz zzz");
        builder.HoldOut(end);
        Assert.Equal(Learned.Merges, builder.LearnSubwords().Merges);
        Assert.Equal(20, builder.Build(builder.BuildVocabulary(), end, builder.Position).LineCount);
    }

    [Fact]
    public void A_line_of_whole_words_is_split_and_one_of_pieces_is_taken_as_it_is()
    {
        var vocabulary = SubwordModels.Model().Vocabulary;
        int[] Ids(params string[] words)
        {
            var encoder = new TokenStreamEncoder(Learned, vocabulary);
            encoder.AddWords(words);
            return encoder.Build().Ids.ToArray();
        }
        var text = TokenStream.Encode(Learned, vocabulary, ["the catalog, a hat"]).Ids.ToArray();
        Assert.Equal(text, Ids("the", "catalog", ",", "a", "hat"));
        Assert.Equal(text, Ids([.. Learned.Tokenize("the catalog, a hat")]));
    }

    [Fact]
    public void A_vocabulary_has_every_piece_and_options_that_would_cut_it_are_refused()
    {
        var builder = new TokenStreamBuilder(Learned);
        builder.Add("the cat");
        Assert.Equal(["<unk>", "<eos>", "the</w>", "Ġcat</w>"], builder.BuildVocabulary().Take(4));
        var size = Learned.Pieces.Count + 2;
        Assert.Equal(size, builder.BuildVocabulary(new VocabularyOptions { MaximumSize = size }).Count);
        var fault = Assert.Throws<ArgumentException>(() => builder.BuildVocabulary(new VocabularyOptions { MaximumSize = size - 1, MinimumCount = 2, UnknownWord = "Ġcat</w>" }));
        Assert.Contains($"MaximumSize is {size - 1}; it must be at least {size}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumCount is 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The special word \"Ġcat</w>\" is spelled like a piece", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.ExtendVocabulary(builder.BuildVocabulary()));
    }
}
