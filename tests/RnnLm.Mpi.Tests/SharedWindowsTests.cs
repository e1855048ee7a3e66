namespace RnnLm.Mpi.Tests;

public sealed class SharedWindowsTests
{
    private const int Ranks = 3;
    private const int BatchSize = 2;
    private const int Capacity = 6;

    public static TheoryData<string> Kinds => ["streams", "resets", "rows", "drawn"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_windows_of_all_ranks_side_by_side_are_those_of_one_with_all_their_streams(string kind)
    {
        var whole = Source(kind);
        var shares = Enumerable.Range(0, Ranks).Select(rank => new SharedWindows(Source(kind), rank, Ranks)).ToList();
        var all = new Window(Ranks * BatchSize, Capacity);
        var windows = shares.Select(_ => new Window(BatchSize, Capacity)).ToList();
        for (var epoch = 1; epoch <= 2; epoch++)
        {
            whole.Begin(epoch);
            foreach (var share in shares) share.Begin(epoch);
            var words = 0L;
            while (whole.Fill(all))
            {
                words += all.TargetCount;
                foreach (var (share, window) in shares.Zip(windows))
                {
                    Assert.True(share.Fill(window));
                    Assert.Equal(words == whole.TargetCount, share.IsAtEnd);
                    Assert.Equal(all.TargetCount, window.SharedTargetCount);
                    Assert.Equal(all.Length, window.Length);
                }
                Assert.Equal(all.TargetCount, windows.Sum(window => window.TargetCount));
                for (var step = 0; step < all.Length; step++)
                {
                    for (var stream = 0; stream < all.BatchSize; stream++)
                    {
                        var window = windows[stream / BatchSize];
                        var (place, own) = (step * all.BatchSize + stream, step * BatchSize + stream % BatchSize);
                        Assert.Equal(all.Inputs[place], window.Inputs[own]);
                        Assert.Equal(all.Targets[place], window.Targets[own]);
                        Assert.Equal(all.Resets[place], window.Resets[own]);
                    }
                }
            }
            Assert.Equal(whole.TargetCount, words);
            Assert.All(shares.Zip(windows), share => Assert.False(share.First.Fill(share.Second)));
        }
    }

    private static IWindowSource Source(string kind)
    {
        var corpus = TokenStream.Encode(Tokenizer.Whitespace, Vocabulary, Texts.Lines(30, seed: 3));
        return kind switch
        {
            "streams" => new StreamBatches(corpus, Ranks * BatchSize),
            "resets" => new StreamBatches(corpus, Ranks * BatchSize, stateResetProbability: 0.5, seed: 7),
            "rows" => new RowBatches(corpus, Ranks * BatchSize, seed: 7),
            _ => new StreamBatches(corpus, Ranks * BatchSize, 0.5, seed: 7, new Training.RandomWindowLengths(5, Capacity, seed: 7), new Training.RandomRotation(seed: 7)),
        };
    }

    private static Vocabulary Vocabulary
    {
        get
        {
            var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
            foreach (var line in Texts.Lines(30, seed: 3)) builder.Add(line);
            return builder.BuildVocabulary();
        }
    }
}
