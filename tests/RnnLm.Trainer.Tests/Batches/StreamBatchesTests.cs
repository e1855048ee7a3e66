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
    public void Without_resets_streams_begin_anew_only_where_an_epoch_does()
    {
        foreach (var (place, reset) in ResetsOf(LinesOfThree, streams: 4, capacity: 5, probability: 0).Index()) Assert.Equal(place % 75 == 0, reset);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Streams_are_reset_before_the_words_that_begin_lines_and_before_no_others(double probability)
    {
        // Each line has three words, so a word that begins one has a place that three divides.
        var resets = ResetsOf(LinesOfThree, streams: 1, capacity: 7, probability);
        Assert.All(resets.Index(), word => Assert.True(!word.Item || word.Index % 3 == 0));
        Assert.True(resets[0]);
        Assert.InRange(resets.Count(reset => reset), 100 * probability - 15, 100 * probability + 15);
    }

    [Fact]
    public void Where_streams_are_reset_follows_from_seed_epoch_and_place_in_the_corpus_alone()
    {
        var resets = ResetsOf(LinesOfThree, streams: 1, capacity: 7, probability: 0.3);
        Assert.Equal(resets, ResetsOf(LinesOfThree, streams: 1, capacity: 20, probability: 0.3));
        Assert.NotEqual(resets, ResetsOf(LinesOfThree, streams: 1, capacity: 7, probability: 0.3, epoch: 2));
        Assert.NotEqual(resets, ResetsOf(LinesOfThree, streams: 1, capacity: 7, probability: 0.3, seed: 2));
        var cut = ResetsOf(LinesOfThree, streams: 4, capacity: 7, probability: 0.3);
        for (var stream = 0; stream < 4; stream++) cut[75 * stream] = resets[75 * stream]; // where a stream begins
        Assert.Equal(resets, cut);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_probability_that_is_none_is_refused(double probability)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new StreamBatches(LinesOfThree, 4, probability));

    [Fact]
    public void Resets_are_drawn_alike_on_every_machine()
        => Assert.Equal(
            [0, 33, 66, 99, 117, 180, 240, 252, 273, 291, 294],
            ResetsOf(LinesOfThree, streams: 1, capacity: 7, probability: 0.1).Index().Where(word => word.Item).Select(word => word.Index));

    private static TokenStream LinesOfThree => Texts.Rows([.. Enumerable.Repeat(3, 100)]);

    // Whether the state is reset before each word of a corpus is predicted, in the order of the corpus.
    private static bool[] ResetsOf(TokenStream corpus, int streams, int capacity, double probability, int seed = 1, int epoch = 1)
    {
        var resets = new List<bool>[streams];
        foreach (ref var stream in resets.AsSpan()) stream = [];
        var batches = new StreamBatches(corpus, streams, probability, seed);
        var window = new Window(streams, capacity);
        for (batches.Begin(epoch); batches.Fill(window);)
        {
            for (var position = 0; position < window.Targets.Length; position++)
            {
                if (window.Targets[position] == None) Assert.False(window.Resets[position]);
                else resets[position % streams].Add(window.Resets[position]);
            }
        }
        return [.. resets.SelectMany(stream => stream)];
    }

    [Fact]
    public void With_drawn_lengths_and_begins_every_word_is_a_target_exactly_once_after_the_word_before_it()
    {
        var sizes = (from words in Gen.Choose(1, 300)
                     from streams in Gen.Choose(1, Math.Min(words, 25))
                     from usual in Gen.Choose(1, 20)
                     from epoch in Gen.Choose(1, 5)
                     from rotates in Gen.Elements(true, false)
                     from draws in Gen.Elements(true, false)
                     select (words, streams, usual, epoch, rotates, draws)).ToArbitrary();
        Prop.ForAll(sizes, size =>
        {
            var batches = new StreamBatches(
                Texts.Counting(size.words), size.streams, 0.5, 7, size.draws ? new RandomWindowLengths(size.usual, size.usual + 20, 7) : null, size.rotates ? new RandomRotation(7) : null);
            var read = Epochs.Read(batches, new Window(size.streams, size.usual + 20), size.epoch);
            Assert.Equal(Enumerable.Range(2, size.words), read.Pairs.Select(pair => pair.Target).Order());
            Assert.All(read.Pairs, pair => Assert.Equal(pair.Target == 2 ? 1 : pair.Target - 1, pair.Input));
            Assert.InRange(read.PaddingCount, 0, size.streams - 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_stream_that_begins_within_its_piece_goes_on_at_its_beginning_with_its_state_reset()
    {
        // Stream s has the words 2 + 100 s to 101 + 100 s.
        var batches = new StreamBatches(Texts.Counting(400), 4, 0, seed: 1, null, new RandomRotation(1));
        var window = new Window(4, 7);
        var begins = new HashSet<int>();
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var (targets, resets) = (new List<int>[4], new List<int>[4]);
            for (var stream = 0; stream < 4; stream++) (targets[stream], resets[stream]) = ([], []);
            for (batches.Begin(epoch); batches.Fill(window);)
            {
                for (var position = 0; position < window.Targets.Length; position++)
                {
                    if (window.Resets[position]) resets[position % 4].Add(targets[position % 4].Count);
                    targets[position % 4].Add(window.Targets[position]);
                }
            }
            for (var stream = 0; stream < 4; stream++)
            {
                var (first, begin) = (2 + 100 * stream, targets[stream][0] - 2 - 100 * stream);
                Assert.Equal([.. Enumerable.Range(first + begin, 100 - begin), .. Enumerable.Range(first, begin)], targets[stream]);
                Assert.Equal(begin == 0 ? [0] : [0, 100 - begin], resets[stream]);
                begins.Add(begin);
            }
        }
        Assert.True(begins.Count > 8, $"The streams begin at {string.Join(", ", begins.Order())}.");
    }

    [Fact]
    public void Line_ends_are_drawn_by_their_place_in_the_corpus_wherever_streams_begin()
    {
        // Words that are no line ends occur once; each line has three words.
        var plain = new StreamBatches(LinesOfThree, 1, 0.3, seed: 1);
        var rotated = new StreamBatches(LinesOfThree, 1, 0.3, seed: 1, null, new RandomRotation(1));
        var (one, other) = (FirstWords(plain), FirstWords(rotated));
        Assert.NotEmpty(one);
        // Where an epoch begins, and where the piece ends, there are resets of their own.
        Assert.InRange(one.Except(other).Count() + other.Except(one).Count(), 0, 2);

        static HashSet<int> FirstWords(StreamBatches batches)
        {
            var words = new HashSet<int>();
            var window = new Window(1, 7);
            for (batches.Begin(1); batches.Fill(window);)
                for (var position = 0; position < window.Targets.Length; position++)
                    if (window.Resets[position]) words.Add(window.Targets[position]);
            return words;
        }
    }

    [Fact]
    public void What_an_epoch_is_like_follows_from_its_number_and_the_seed_alone()
    {
        var batches = Drawn(seed: 3);
        var window = new Window(4, 30);
        var first = Epochs.Read(batches, window, 1);
        Assert.NotEqual(first.Pairs, Epochs.Read(batches, window, 2).Pairs);
        Assert.Equal(first.Pairs, Epochs.Read(batches, window, 1).Pairs);
        Assert.Equal(first.Pairs, Epochs.Read(Drawn(seed: 3), window, 1).Pairs);
        Assert.NotEqual(first.Pairs, Epochs.Read(Drawn(seed: 4), window, 1).Pairs);

        static StreamBatches Drawn(int seed) => new(Texts.Counting(500), 4, 0, seed, new RandomWindowLengths(10, 30, seed), new RandomRotation(seed));
    }

    [Fact]
    public void Drawn_lengths_are_those_of_the_paper()
    {
        var lengths = new RandomWindowLengths(70, 90, seed: 1);
        lengths.Begin(1);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => lengths.Next()).ToList();
        Assert.Equal(0.05, drawn.Count(length => length < 52) / 20_000.0, 0.006); // half-way between the two means
        foreach (var (mean, some) in ((int, IEnumerable<int>)[])[(70, drawn.Where(length => length > 52)), (35, drawn.Where(length => length < 52))])
        {
            Assert.Equal(mean, some.Average(), 0.7);
            Assert.Equal(5, Math.Sqrt(some.Average(length => Math.Pow(length - mean, 2))), 0.5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(70)]
    public void No_window_is_shorter_than_five_words_or_longer_than_is_allowed(int usual)
    {
        var lengths = new RandomWindowLengths(usual, usual + 20, seed: 1);
        lengths.Begin(1);
        for (var i = 0; i < 100_000; i++) Assert.InRange(lengths.Next(), Math.Min(5, usual), usual + 20);
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
        => Assert.Equal(0, Epochs.BytesAllocated(new StreamBatches(Texts.Rows([.. Enumerable.Repeat(4, 1000)]), 4, 0.5), new Window(4, 7)));

    [Fact]
    public void Filling_windows_of_drawn_lengths_allocates_nothing()
        => Assert.Equal(0, Epochs.BytesAllocated(
            new StreamBatches(Texts.Rows([.. Enumerable.Repeat(4, 1000)]), 4, 0.5, 1, new RandomWindowLengths(7, 27, 1), new RandomRotation(1)), new Window(4, 27)));
}
