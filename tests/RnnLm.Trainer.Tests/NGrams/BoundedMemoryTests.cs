using RnnLm.Training.Tests.Checkpoints;

namespace RnnLm.Training.Tests.NGrams;

public sealed class BoundedMemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(1, 300)]
    [InlineData(20, 5000)]
    [InlineData(100, 5000)]
    [InlineData(100_000, 5000)]
    public void N_grams_are_counted_alike_in_any_memory(int room, int number)
    {
        var random = new Random(3);
        var expected = new Dictionary<(int, int, int), long>();
        using var sorter = new NGramSorter(3, vocabularySize: 9, room * NGramBuffer.BytesOf(3), folder.Path, CancellationToken.None);
        for (var i = 0; i < number; i++)
        {
            var ngram = (random.Next(-1, 9), random.Next(-1, 9), random.Next(-1, 9));
            expected[ngram] = expected.GetValueOrDefault(ngram) + i;
            sorter.Add([ngram.Item1, ngram.Item2, ngram.Item3], i);
        }

        Assert.Equal(room < expected.Count, Directory.EnumerateFiles(folder.Path).Any());
        using var counts = sorter.InOrder();
        foreach (var (ngram, count) in expected.OrderBy(entry => entry.Key))
        {
            Assert.True(counts.MoveNext());
            Assert.Equal((ngram, count), ((counts.Words[0], counts.Words[1], counts.Words[2]), counts.Count));
        }
        Assert.False(counts.MoveNext());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_named()
    {
        using var sorter = new NGramSorter(1, vocabularySize: 9, memory: 1, folder["none"], CancellationToken.None);
        sorter.Add([1], 1);
        Assert.Contains(folder["none"], Assert.Throws<IOException>(() => sorter.Add([2], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_the_same_in_little_memory_and_nothing_of_its_work_is_left()
    {
        var vocabulary = SmallTexts.Words(3000);
        var corpus = SmallTexts.Stream(vocabulary, SmallTexts.Lines(10_000, longest: 40, vocabulary, seed: 6));
        // What was left by a process that was killed.
        File.WriteAllText(folder[".rnnlm-ngrams.0123abcd.tmp"], "left");
        var little = NGramTrainer.Train(Tokenizer.Whitespace, vocabulary, corpus, new NGramOptions { MemoryLimit = 16, TemporaryFolder = folder.Path });

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(SmallTexts.FileOf(NGramTrainer.Train(Tokenizer.Whitespace, vocabulary, corpus)), SmallTexts.FileOf(little));
    }

    [Fact]
    public void What_a_killed_process_left_goes_also_where_everything_fits_in_memory_and_what_is_in_use_stays()
    {
        File.WriteAllText(folder[".rnnlm-ngrams.0123abcd.tmp"], "left");
        File.WriteAllText(folder[".other.0123abcd.tmp"], "of others");
        using var inUse = new NGramSorter(1, vocabularySize: 9, memory: 1, folder.Path, CancellationToken.None);
        inUse.Add([1], 1);
        inUse.Add([2], 1);
        File.WriteAllText(folder[".rnnlm-ngrams.0123abcd.tmp"], "left");
        Assert.Equal(3, Directory.EnumerateFiles(folder.Path).Count());
        NGramTrainer.Train(Tokenizer.Whitespace, ["a b"], new NGramOptions { TemporaryFolder = folder.Path });
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
        Assert.False(File.Exists(folder[".rnnlm-ngrams.0123abcd.tmp"]));
    }

    [Fact]
    public void Cancelled_within_the_text_it_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var vocabulary = SmallTexts.Words(3000);
        var filesSeen = 0;
        var random = new Random(1);
        IEnumerable<string> Lines()
        {
            for (var i = 0; ; i++)
            {
                if (i % 1000 == 0) filesSeen = Math.Max(filesSeen, Directory.GetFiles(folder.Path).Length);
                if (filesSeen == 2) source.Cancel();
                yield return string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"w{random.Next(3000)}"));
            }
        }

        Assert.Throws<OperationCanceledException>(() => NGramTrainer.Train(Tokenizer.Whitespace, vocabulary, Lines(),
            new NGramOptions { MemoryLimit = 16, TemporaryFolder = folder.Path, CancellationToken = source.Token }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Cancelled_before_it_began_it_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var options = new NGramOptions { CancellationToken = cancelled };
        Assert.ThrowsAny<OperationCanceledException>(() => NGramTrainer.Train(Tokenizer.Whitespace, ["a b"], options));
        Assert.ThrowsAny<OperationCanceledException>(
            () => NGramTrainer.Train(Tokenizer.Whitespace, SmallTexts.Words(1), SmallTexts.Stream(SmallTexts.Words(1), [[2]]), options));
    }

    public void Dispose() => folder.Dispose();
}
