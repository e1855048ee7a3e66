using FsCheck;
using FsCheck.Fluent;

namespace RnnLm.Training.Tests;

public class RowBatchesTests
{
    private const int None = Window.Padding;

    [Fact]
    public void Rows_begin_from_an_end_of_line_word_and_are_padded_to_the_longest()
    {
        // Two rows: 2 1 and 3 4 5 1; the shorter comes first in the batch.
        var batches = new RowBatches(Texts.Of(2, 1, 3, 4, 5, 1), 2, seed: 1);
        var window = new Window(2, 10);
        batches.Begin(1);

        Assert.True(batches.Fill(window));
        Assert.Equal(4, window.Length);
        Assert.True(window.StartsFresh);
        Assert.Equal(6, window.TargetCount);
        Assert.Equal([1, 1, 2, 3, 1, 4, 1, 5], window.Inputs);
        Assert.Equal([2, 3, 1, 4, None, 5, None, 1], window.Targets);
        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_row_longer_than_the_window_goes_on_in_further_windows_of_equal_length()
    {
        // One row 2 3 4 5 6 1: six steps in a window of at most five are two windows of three.
        var batches = new RowBatches(Texts.Of(2, 3, 4, 5, 6, 1), 1, seed: 1);
        var window = new Window(1, 5);
        batches.Begin(1);

        Assert.True(batches.Fill(window));
        Assert.True(window.StartsFresh);
        Assert.Equal([1, 2, 3], window.Inputs);
        Assert.Equal([2, 3, 4], window.Targets);

        Assert.True(batches.Fill(window));
        Assert.False(window.StartsFresh);
        Assert.Equal([4, 5, 6], window.Inputs);
        Assert.Equal([5, 6, 1], window.Targets);
        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_stream_without_a_row_is_padding()
    {
        var batches = new RowBatches(Texts.Of(2, 1), 3, seed: 1);
        var window = new Window(3, 10);
        batches.Begin(1);
        Assert.True(batches.Fill(window));
        Assert.Equal([2, None, None, 1, None, None], window.Targets);
        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_last_row_without_an_end_of_line_word_is_a_row_too()
    {
        var read = Epochs.Read(new RowBatches(Texts.Of(2, 1, 3, 4, 5), 2, seed: 1), new Window(2, 10), 1);
        Assert.Equal([[2, 1], [3, 4, 5]], read.Streams);
    }

    [Fact]
    public void Every_row_is_read_once_in_every_epoch_whole_and_in_order()
    {
        var sizes = (from lengths in Gen.Choose(1, 30).NonEmptyListOf()
                     from rows in Gen.Choose(1, 8)
                     from capacity in Gen.Choose(1, 12)
                     from seed in Gen.Choose(0, 5)
                     select (lengths, rows, capacity, seed)).ToArbitrary();
        Prop.ForAll(sizes, size =>
        {
            var corpus = Texts.Rows([.. size.lengths]);
            var batches = new RowBatches(corpus, size.rows, size.seed);
            foreach (var epoch in new[] { 1, 2, 3 })
            {
                var read = Epochs.Read(batches, new Window(size.rows, size.capacity), epoch);
                var rowsRead = read.Streams.SelectMany(RowsOf).Select(row => string.Join(' ', row));
                Assert.Equal(RowsOf(corpus.Ids.ToArray()).Select(row => string.Join(' ', row)).Order(), rowsRead.Order());

                // A word comes after the one before it in its row, the first after an end-of-line word.
                var before = corpus.Ids.ToArray().Zip(corpus.Ids.ToArray().Prepend(1), (target, input) => (input, target));
                Assert.Equal(before.Order(), read.Pairs.Order());
            }
            Assert.Equal(corpus.Count, batches.TargetCount);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rows_of_similar_length_share_a_batch()
    {
        // With rows of 1 to 40 words four at a time, only the few steps between neighbours are padded.
        var lengths = Enumerable.Range(1, 40).Select(place => place * 17 % 41).ToArray();
        var read = Epochs.Read(new RowBatches(Texts.Rows(lengths), 4, seed: 3), new Window(4, 50), 1);
        Assert.Equal(10 * (1 + 2 + 3), read.PaddingCount);
    }

    [Fact]
    public void Batches_differ_by_at_most_one_row()
    {
        // Twenty-one rows of one word, twenty at a time: eleven and ten, not twenty and one.
        var batches = new RowBatches(Texts.Of([.. Enumerable.Repeat(1, 21)]), 20, seed: 1);
        var window = new Window(20, 5);
        var counts = new List<int>();
        for (batches.Begin(1); batches.Fill(window);) counts.Add(window.TargetCount);
        Assert.Equal([10, 11], counts.Order());
    }

    [Fact]
    public void The_order_follows_from_seed_and_epoch_alone()
    {
        var corpus = Texts.Rows([.. Enumerable.Repeat(4, 50)]);
        var window = new Window(5, 10);
        var batches = new RowBatches(corpus, 5, seed: 1);
        var first = Epochs.Read(batches, window, 1).Pairs;
        var second = Epochs.Read(batches, window, 2).Pairs;

        Assert.NotEqual(first, second);
        Assert.Equal(first, Epochs.Read(batches, window, 1).Pairs);
        Assert.Equal(second, Epochs.Read(new RowBatches(corpus, 5, seed: 1), window, 2).Pairs);
        Assert.NotEqual(first, Epochs.Read(new RowBatches(corpus, 5, seed: 2), window, 1).Pairs);
    }

    [Fact]
    public void The_order_is_the_same_on_every_machine()
    {
        // Eight rows of two words, told apart by their first; the order was worked out apart from this code.
        var read = Epochs.Read(new RowBatches(Texts.Rows([2, 2, 2, 2, 2, 2, 2, 2]), 1, seed: 7), new Window(1, 5), 3);
        Assert.Equal([4, 7, 5, 6, 8, 9, 3, 2], read.Streams[0].Where(word => word != 1));
    }

    [Fact]
    public void A_corpus_without_words_is_refused()
        => Assert.Throws<TrainingDataException>(() => new RowBatches(Texts.Of(), 4, seed: 1));

    [Fact]
    public void Filling_windows_allocates_nothing()
    {
        var lengths = Enumerable.Range(0, 500).Select(place => place * 37 % 23 + 1).ToArray();
        Assert.Equal(0, Epochs.BytesAllocated(new RowBatches(Texts.Rows(lengths), 4, seed: 1), new Window(4, 7)));
    }

    private static IEnumerable<List<int>> RowsOf(IEnumerable<int> words)
    {
        var row = new List<int>();
        foreach (var word in words)
        {
            row.Add(word);
            if (word != 1) continue;
            yield return row;
            row = [];
        }
    }
}
