using RnnLm.Cli.Input;

namespace RnnLm.Cli.Tests;

public sealed class LineQueueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Lines_keep_their_order_and_none_is_lost(int count)
    {
        string[] lines = [.. Enumerable.Range(0, count).Select(line => $"{line}")];
        Assert.Equal(lines, Read(lines, CancellationToken.None).SelectMany(available => available));
    }

    [Fact]
    public void Lists_are_bounded_in_lines_and_in_characters()
    {
        Assert.All(Read(Enumerable.Repeat("", 50_000), CancellationToken.None), available => Assert.InRange(available.Count, 1, 2048));
        var huge = new string('x', 1 << 20);
        Assert.All(Read(Enumerable.Repeat(huge, 50), CancellationToken.None), available => Assert.Single(available));
    }

    [Fact]
    public void What_is_there_is_given_while_more_is_waited_for()
    {
        using var more = new SemaphoreSlim(0);
        using var available = Read(Lines(), CancellationToken.None).GetEnumerator();
        Assert.True(available.MoveNext());
        Assert.Equal(["first"], available.Current);
        more.Release();
        Assert.True(available.MoveNext());
        Assert.Equal(["second"], available.Current);

        IEnumerable<string> Lines()
        {
            yield return "first";
            more.Wait();
            yield return "second";
        }
    }

    [Fact]
    public void A_cancellation_ends_the_wait()
    {
        using var source = new CancellationTokenSource();
        using var never = new SemaphoreSlim(0);
        using var waits = new ManualResetEventSlim();
        var reading = Task.Run(() => Read(Lines(), source.Token).Count());
        waits.Wait();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => reading.GetAwaiter().GetResult());
        never.Release();

        IEnumerable<string> Lines()
        {
            waits.Set();
            never.Wait();
            yield break;
        }
    }

    [Fact]
    public void A_fault_is_told_after_the_lines_before_it()
    {
        var seen = new List<string>();
        Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var available in Read(Lines(), CancellationToken.None)) seen.AddRange(available);
        });
        Assert.Equal(["first", "second"], seen);

        static IEnumerable<string> Lines()
        {
            yield return "first";
            yield return "second";
            throw new InvalidDataException("third");
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Read(IEnumerable<string> lines, CancellationToken cancellation)
        => LineQueue<string>.Read(lines, line => line.Length, cancellation);
}
