using System.Text;

namespace RnnLm.Training.Tests.Corpora;

public sealed class EncodedCorpusTests : IDisposable
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 400).Select(line => string.Join(' ', Enumerable.Range(0, line % 9).Select(word => $"w{(line * 7 + word * word) % 50}")))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-corpus-");

    private string Place => Path.Combine(folder.FullName, "text.corpus");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_corpus_has_the_text_the_vocabulary_and_the_tokenizer_that_it_was_made_of()
    {
        var options = new VocabularyOptions { MaximumSize = 30 };
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, [null, .. Lines], options);
        Assert.True(EncodedCorpus.IsAt(Place));
        using var corpus = EncodedCorpus.Open(Place);
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        foreach (var line in (string?[])[null, .. Lines]) builder.Add(line);
        AssertSame(builder.BuildVocabulary(options), builder.Build(builder.BuildVocabulary(options)), corpus);
        Assert.Equal(Tokenizer.Whitespace.Settings, corpus.Tokenizer.Settings);
        Assert.True(corpus.Text.UnknownCount > 0);
        Assert.Equal(1, corpus.Text.SkippedLines);
        Assert.Equal(["text.corpus"], folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public void A_corpus_can_have_a_vocabulary_that_is_there()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "w1", "w2", "w3"]);
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, vocabulary, Lines);
        using var corpus = EncodedCorpus.Open(Place);
        AssertSame(vocabulary, TokenStream.Encode(Tokenizer.Whitespace, vocabulary, Lines), corpus);
    }

    [Fact]
    public void A_corpus_can_be_of_subwords_that_are_learned_of_it()
    {
        EncodedCorpus.Write(Place, new SubwordOptions { VocabularySize = 500 }, Lines);
        using var corpus = EncodedCorpus.Open(Place);
        var builder = new TokenStreamBuilder(new SubwordOptions { VocabularySize = 500 });
        foreach (var line in Lines) builder.Add(line);
        Assert.Equal(builder.LearnSubwords().Settings, corpus.Tokenizer.Settings);
        AssertSame(builder.BuildVocabulary(), builder.Build(builder.BuildVocabulary()), corpus);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(1_000_000, false)]
    public void Of_a_file_that_memory_has_no_room_for_nothing_is_read_ahead(long memory, bool isAdvised)
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllBytes(Place, new byte[4 * 20_000]);
        using var ids = new MappedIds(File.OpenRead(Place), 8, 19_998, memory);
        var mapping = File.ReadLines("/proc/self/smaps").SkipWhile(line => !line.EndsWith(Place, StringComparison.Ordinal)).First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal));
        Assert.Equal(isAdvised, mapping.Split(' ').Contains("rr"));
    }

    [Fact]
    public void More_than_is_read_at_once_is_one_corpus()
    {
        var lines = Enumerable.Range(0, 30_000).Select(line => string.Join(' ', Enumerable.Range(0, 60).Select(word => $"w{(line * 31 + word) % 1000}"))).ToArray();
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, lines);
        using var corpus = EncodedCorpus.Open(Place);
        Assert.True(corpus.Text.Count > 1 << 20);
        AssertSame(corpus.Vocabulary, TokenStream.Encode(Tokenizer.Whitespace, corpus.Vocabulary, lines), corpus);

        var other = Path.Combine(folder.FullName, "other.corpus");
        EncodedCorpus.Write(other, Tokenizer.Whitespace, corpus.Vocabulary, lines);
        Assert.Equal(File.ReadAllBytes(Place), File.ReadAllBytes(other));
    }

    [Theory]
    [InlineData(BatchMode.Streams)]
    [InlineData(BatchMode.Rows)]
    public void Training_on_a_corpus_gives_the_weights_of_training_on_its_text(BatchMode mode)
    {
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, Lines);
        using var corpus = EncodedCorpus.Open(Place);
        var options = new TrainingOptions { Layers = 1, EmbeddingSize = 8, HiddenSize = 8, Epochs = 2, BatchMode = mode, BatchSize = 4, Window = 6, Threads = 1, PartialShuffle = mode == BatchMode.Streams, StateResetProbability = mode == BatchMode.Streams ? 0.3 : 0 };
        var direct = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Lines);
        var mapped = new LanguageModelTrainer(options).Train(corpus.Tokenizer, corpus.Vocabulary, corpus.Text);
        Assert.Equal(direct.Model.Vocabulary, mapped.Model.Vocabulary);
        foreach (var (expected, actual) in direct.Result.Weights.Parameters.Zip(mapped.Result.Weights.Parameters)) Assert.Equal(expected.Values, actual.Values);
    }

    [Fact]
    public void What_is_not_whole_is_refused()
    {
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, Lines);
        var whole = File.ReadAllBytes(Place);
        AssertRefused("cut short", whole[..^1]);
        AssertRefused("cut short", whole[..5]);
        AssertRefused("goes on", [.. whole, 0]);
        AssertRefused("altered or damaged", Changed(whole, whole.Length - 1));
        // The last byte of the first id is its highest.
        AssertRefused("word id", Changed(whole, (int)BitConverter.ToInt64(whole) + sizeof(long) + 3));
        AssertRefused("newer version", Replaced(whole, "\"format_version\":\"1\"", "\"format_version\":\"2\""));
        AssertRefused("not a corpus", Replaced(whole, "rnnlm-corpus", "rnnlm-another"[..12]));
        AssertRefused("must have ids", Replaced(whole, "\"ids\"", "\"odd\""));
        AssertRefused("no encoded corpus", Encoding.UTF8.GetBytes("the cat sat on the mat"));

        using var model = new MemoryStream();
        new LanguageModelTrainer(new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, Epochs = 1, BatchSize = 2, Threads = 1 }).Train(Tokenizer.Whitespace, Lines).Model.Save(model);
        AssertRefused("not a corpus", model.ToArray());
        File.WriteAllBytes(Place, model.ToArray());
        Assert.False(EncodedCorpus.IsAt(Place));
        Assert.False(EncodedCorpus.IsAt(folder.FullName));
        Assert.False(EncodedCorpus.IsAt(Path.Combine(folder.FullName, "nothing")));
    }

    [Fact]
    public void What_fails_or_is_cancelled_leaves_what_was_there()
    {
        File.WriteAllText(Place, "before");
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => EncodedCorpus.Write(Place, Tokenizer.Whitespace, Cancelling(), cancellationToken: source.Token));
        Assert.Throws<OperationCanceledException>(() => EncodedCorpus.Write(Place, Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", "a"]), Lines, source.Token));
        Assert.Throws<InvalidDataException>(() => EncodedCorpus.Write(Place, Tokenizer.Whitespace, Failing()));
        Assert.Throws<InvalidOperationException>(() => EncodedCorpus.Write(Place, Tokenizer.Whitespace, []));
        Assert.Throws<InvalidOperationException>(() => EncodedCorpus.Write(Place, Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", "a"]), []));
        Assert.Equal("before", File.ReadAllText(Place));
        Assert.Single(folder.EnumerateFiles());
        Assert.Throws<DirectoryNotFoundException>(() => EncodedCorpus.Write(Path.Combine(folder.FullName, "no", "text.corpus"), Tokenizer.Whitespace, Lines));

        IEnumerable<string> Cancelling()
        {
            yield return "the cat";
            source.Cancel();
            yield return "sat";
        }

        static IEnumerable<string> Failing()
        {
            yield return "the cat";
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void A_corpus_that_is_closed_cannot_be_read()
    {
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, Lines);
        var corpus = EncodedCorpus.Open(Place);
        var ids = corpus.Text.Ids;
        Assert.NotEqual(0, ids.Length);
        corpus.Dispose();
        corpus.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ids.Span[0]);
    }

    [Fact]
    public void A_corpus_that_is_open_stays_what_it_was_when_its_file_is_replaced()
    {
        EncodedCorpus.Write(Place, Tokenizer.Whitespace, Lines);
        using var corpus = EncodedCorpus.Open(Place);
        var before = corpus.Text.Ids.ToArray();
        if (!OperatingSystem.IsWindows()) EncodedCorpus.Write(Place, Tokenizer.Whitespace, ["another"]);
        Assert.Equal(before, corpus.Text.Ids.ToArray());
    }

    private static void AssertSame(Vocabulary vocabulary, TokenStream text, EncodedCorpus corpus)
    {
        Assert.Equal(vocabulary, corpus.Vocabulary);
        Assert.True(text.Ids.Span.SequenceEqual(corpus.Text.Ids.Span));
        Assert.Equal((text.Count, text.LineCount, text.UnknownCount, text.SkippedLines), (corpus.Text.Count, corpus.Text.LineCount, corpus.Text.UnknownCount, corpus.Text.SkippedLines));
    }

    private void AssertRefused(string fault, byte[] file)
    {
        File.WriteAllBytes(Place, file);
        Assert.Contains(fault, Assert.Throws<ModelFormatException>(() => EncodedCorpus.Open(Place)).Message, StringComparison.Ordinal);
    }

    private static byte[] Changed(byte[] file, int place)
    {
        byte[] changed = [.. file];
        changed[place] ^= 0x40;
        return changed;
    }

    private static byte[] Replaced(byte[] file, string text, string other)
    {
        Assert.Equal(text.Length, other.Length);
        var place = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
        byte[] changed = [.. file];
        Encoding.ASCII.GetBytes(other).CopyTo(changed, place);
        return changed;
    }
}
