namespace RnnLm.Mpi.Tests;

public sealed class CommunicatorTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 1001)]
    [InlineData(5, 64)]
    [InlineData(2, (1 << 22) + 3)] // more than are added at once
    public void Values_are_added_in_the_order_of_the_ranks_and_every_rank_has_the_same_sums(int ranks, int count)
    {
        // So different in size that another order gives other sums.
        var values = Enumerable.Range(0, ranks).Select(rank => Enumerable.Range(0, count).Select(i => (float)(Math.Sin(1 + rank * count + i) * Math.Pow(10, (i + 3 * rank) % 8))).ToArray()).ToArray();
        var expected = new float[count];
        for (var i = 0; i < count; i++)
        {
            expected[i] = values[0][i];
            for (var rank = 1; rank < ranks; rank++) expected[i] += values[rank][i];
        }
        var sums = ThreadRanks.Run(ranks, communicator =>
        {
            var own = values[communicator.Rank].ToArray();
            return (Sums: own, Squares: communicator.Sum(own));
        });
        Assert.All(sums, sum => Assert.Equal(expected, sum.Sums));
        var squares = expected.Sum(value => (double)value * value);
        Assert.Equal(1, sums.Sum(sum => sum.Squares) / squares, 5);
    }

    [Fact]
    public void Every_rank_gets_what_each_has_and_however_much_it_is()
    {
        var all = ThreadRanks.Run(3, communicator => communicator.GatherAny<int>(Exchange.Words, [.. Enumerable.Range(0, communicator.Rank * 2)]));
        Assert.All(all, ranks => Assert.Equal([[], [0, 1], [0, 1, 2, 3]], ranks));
        var numbers = ThreadRanks.Run(3, communicator => communicator.GatherAll<double>(Exchange.Agreement, [communicator.Rank, 0.5]));
        Assert.All(numbers, ranks => Assert.Equal([0, 0.5, 1, 0.5, 2, 0.5], ranks));
    }

    [Fact]
    public void A_rank_that_is_at_another_place_is_found_out()
    {
        var outcomes = ThreadRanks.Try(2, communicator => communicator.GatherAll<int>(communicator.Rank == 0 ? Exchange.Words : Exchange.State, [1]));
        Assert.All(outcomes, outcome => Assert.IsType<RankException>(outcome.Fault));
        Assert.Contains("Rank 1 is at another place of the training (State) than this one (Words)", outcomes[0].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_gives_up_keeps_nobody_waiting_and_nothing_is_exchanged_any_more()
    {
        var outcomes = ThreadRanks.Try(3, communicator =>
        {
            if (communicator.Rank == 2)
            {
                communicator.Break();
                return 0;
            }
            communicator.Sum(new float[7]);
            return 1;
        });
        Assert.Null(outcomes[2].Fault);
        Assert.Contains("Rank 2 has ended its part of the training early", outcomes[1].Fault!.Message, StringComparison.Ordinal);
        Assert.IsType<RankException>(outcomes[0].Fault);
        var after = ThreadRanks.Try(1, communicator =>
        {
            communicator.Break();
            return communicator.GatherAll<int>(Exchange.Words, [1]);
        });
        Assert.Contains("has given up the training before", after[0].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_is_not_begun_within_another()
    {
        var outcomes = ThreadRanks.Try(2, communicator =>
        {
            communicator.Enter();
            communicator.Leave();
            communicator.Enter();
            communicator.Enter();
            return 0;
        });
        Assert.All(outcomes, outcome => Assert.Contains("has not been brought to its end", outcome.Fault!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_bytes_that_are_sent_and_the_time_for_it_are_counted()
    {
        const int count = 1000;
        var ranks = ThreadRanks.Run(4, communicator =>
        {
            communicator.Sum(new float[count]);
            return communicator;
        });
        // Each sends what the others add up, and what it has added up to each of them.
        Assert.All(ranks, rank => Assert.Equal(2 * 3 * count / 4 * sizeof(float), rank.BytesSent));
        Assert.All(ranks, rank => Assert.True(rank.Elapsed > TimeSpan.Zero));
    }
}
