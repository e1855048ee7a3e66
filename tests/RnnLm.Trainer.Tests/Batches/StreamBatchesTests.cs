using FsCheck;
using FsCheck.Fluent;

namespace RnnLm.Training.Tests;

public class StreamBatchesTests
{
    private const int None = Window.Padding;

    [Fact]
    public void A_corpus_is_cut_into_streams_whose_inputs_are_the_words_before_their_targets()
    {
        // The text is 1 | 2 3 4 5 6 7 8 9 with the end-of-line word 1 before it; stream 0 has 2 3 4 5, stream 1 has 6 7 8 9.
        var batches = new StreamBatches(Texts.Counting(8), 2);
        var window = new Window(2, 3);
        batches.Begin(1);

        Assert.True(batches.Fill(window));
        Assert.Equal(3, window.Length);
        Assert.True(window.StartsFresh);
        Assert.Equal(6, window.TargetCount);
        Assert.Equal([1, 5, 2, 6, 3, 7], window.Inputs);
        Assert.Equal([2, 6, 3, 7, 4, 8], window.Targets);

        Assert.True(batches.Fill(window));
        Assert.Equal(1, window.Length);
        Assert.False(window.StartsFresh);
        Assert.Equal(2, window.TargetCount);
        Assert.Equal([4, 8], window.Inputs);
        Assert.Equal([5, 9], window.Targets);

        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_remainder_makes_the_first_streams_longer_and_pads_the_others_in_the_last_step()
    {
        // Eight words in three streams: 2 3 4, 5 6 7, 8 9.
        var batches = new StreamBatches(Texts.Counting(8), 3);
        var window = new Window(3, 10);
        batches.Begin(1);

        Assert.True(batches.Fill(window));
        Assert.Equal([1, 4, 7, 2, 5, 8, 3, 6, 1], window.Inputs);
        Assert.Equal([2, 5, 8, 3, 6, 9, 4, 7, None], window.Targets);
        Assert.Equal(8, window.TargetCount);
        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_corpus_of_one_word_for_each_stream_is_enough()
    {
        var batches = new StreamBatches(Texts.Counting(3), 3);
        var window = new Window(3, 35);
        batches.Begin(1);
        Assert.True(batches.Fill(window));
        Assert.Equal([2, 3, 4], window.Targets);
        Assert.False(batches.Fill(window));
    }

    [Fact]
    public void A_corpus_with_fewer_words_than_streams_is_refused_with_both_numbers()
    {
        var exception = Assert.Throws<TrainingDataException>(() => new StreamBatches(Texts.Counting(12), 20));
        Assert.Contains("12 words", exception.Message);
        Assert.Contains("20 parallel streams", exception.Message);
        Assert.Contains("BatchSize of at most 12", exception.Message);
    }

    [Fact]
    public void Every_word_is_a_target_exactly_once_after_the_word_before_it()
    {
        var sizes = (from words in Gen.Choose(1, 200)
                     from streams in Gen.Choose(1, Math.Min(words, 25))
                     from capacity in Gen.Choose(1, 40)
                     select (words, streams, capacity)).ToArbitrary();
        Prop.ForAll(sizes, size =>
        {
            var batches = new StreamBatches(Texts.Counting(size.words), size.streams);
            var read = Epochs.Read(batches, new Window(size.streams, size.capacity), epoch: 1);

            // Word 2 comes after the end-of-line word, every other word n after n - 1.
            Assert.Equal(Enumerable.Range(2, size.words), read.Pairs.Select(pair => pair.Target).Order());
            Assert.All(read.Pairs, pair => Assert.Equal(pair.Target == 2 ? 1 : pair.Target - 1, pair.Input));
            Assert.Equal(size.words, batches.TargetCount);
            Assert.InRange(read.PaddingCount, 0, size.streams - 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Each_stream_goes_on_in_the_next_window_where_it_ended()
    {
        var read = Epochs.Read(new StreamBatches(Texts.Counting(50), 4), new Window(4, 5), epoch: 1);
        foreach (var stream in read.Streams)
            Assert.Equal(Enumerable.Range(stream[0], stream.Count), stream);
        Assert.Equal([true, false, false], read.Starts);
    }

    [Fact]
    public void Every_epoch_is_the_same()
    {
        var batches = new StreamBatches(Texts.Counting(50), 4);
        var window = new Window(4, 5);
        Assert.Equal(Epochs.Read(batches, window, 1).Pairs, Epochs.Read(batches, window, 2).Pairs);
    }

    [Fact]
    public void Nothing_is_given_before_an_epoch_begins()
        => Assert.False(new StreamBatches(Texts.Counting(50), 4).Fill(new Window(4, 5)));

    [Fact]
    public void A_window_for_another_number_of_streams_is_refused()
    {
        var batches = new StreamBatches(Texts.Counting(50), 4);
        batches.Begin(1);
        Assert.Throws<ArgumentException>(() => batches.Fill(new Window(5, 5)));
    }

    [Fact]
    public void Filling_windows_allocates_nothing()
        => Assert.Equal(0, Epochs.BytesAllocated(new StreamBatches(Texts.Counting(5000), 4), new Window(4, 7)));
}
