using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_part_runs_once_in_each_of_many_runs(int threads)
    {
        using var workers = new Workers(threads);
        var counts = new int[20];
        Action<int> count = part => Interlocked.Increment(ref counts[part]);
        var expected = new int[20];
        for (var run = 0; run < 500; run++)
        {
            var parts = run % 21;
            workers.Run(parts, count);
            for (var part = 0; part < parts; part++) expected[part]++;
            Assert.Equal(expected, counts);
        }
    }

    [Fact]
    public void A_part_always_runs_on_the_same_thread_and_the_first_on_the_caller_s()
    {
        using var workers = new Workers(3);
        var threads = new int[9];
        Action<int> note = part => threads[part] = Environment.CurrentManagedThreadId;
        workers.Run(9, note);
        var first = (int[])threads.Clone();
        for (var run = 0; run < 100; run++)
        {
            workers.Run(9, note);
            Assert.Equal(first, threads);
        }

        Assert.Equal(Environment.CurrentManagedThreadId, first[0]);
        Assert.Equal(3, first.Distinct().Count());
        for (var part = 3; part < 9; part++) Assert.Equal(first[part % 3], first[part]);
    }

    [Fact]
    public void Threads_that_have_gone_to_sleep_wake_for_the_next_run()
    {
        using var workers = new Workers(3);
        var count = 0;
        for (var run = 0; run < 5; run++)
        {
            Thread.Sleep(30);
            workers.Run(3, _ => Interlocked.Increment(ref count));
        }

        Assert.Equal(15, count);
    }

    [Fact]
    public void A_caller_that_has_gone_to_sleep_wakes_when_the_last_part_is_done()
    {
        using var workers = new Workers(2);
        var done = false;
        workers.Run(2, part =>
        {
            if (part == 0) return;
            Thread.Sleep(100);
            Volatile.Write(ref done, true);
        });
        Assert.True(done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_a_part_throws_reaches_the_caller_and_the_workers_go_on(int failing)
    {
        using var workers = new Workers(2);
        for (var run = 0; run < 20; run++)
        {
            var others = 0;
            var exception = Assert.Throws<InvalidDataException>(() => workers.Run(2, part =>
            {
                if (part == failing) throw new InvalidDataException("bad part");
                Interlocked.Increment(ref others);
            }));
            Assert.Equal("bad part", exception.Message);
            Assert.Equal(1, others);
            workers.Run(2, _ => Interlocked.Increment(ref others));
            Assert.Equal(3, others);
        }
    }

    [Fact]
    public void What_several_parts_throw_reaches_the_caller_together()
    {
        using var workers = new Workers(3);
        var exception = Assert.Throws<AggregateException>(() => workers.Run(3, part => throw new InvalidDataException($"part {part}")));
        Assert.Equal(["part 0", "part 1", "part 2"], exception.InnerExceptions.Select(inner => inner.Message).Order());
    }

    [Fact]
    public void What_several_parts_throw_alike_reaches_the_caller_once()
    {
        using var workers = new Workers(3);
        var exception = Assert.Throws<InvalidDataException>(() => workers.Run(3, _ => throw new InvalidDataException("bad text")));
        Assert.Equal("bad text", exception.Message);
    }

    [Fact]
    public void Parts_wait_for_each_other_at_a_barrier()
    {
        using var workers = new Workers(3);
        var written = new int[3];
        var wrong = 0;
        for (var run = 0; run < 5; run++)
        {
            workers.Run(3, part =>
            {
                for (var step = 1; step <= 50; step++)
                {
                    Volatile.Write(ref written[part], step);
                    workers.Synchronize();
                    for (var other = 0; other < 3; other++)
                        if (Volatile.Read(ref written[other]) != step) Interlocked.Increment(ref wrong);
                    workers.Synchronize();
                }
            });
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_part_that_throws_frees_those_that_wait_for_it_at_a_barrier()
    {
        using var workers = new Workers(3);
        for (var run = 0; run < 20; run++)
        {
            Assert.Throws<InvalidDataException>(() => workers.Run(3, part =>
            {
                if (part == run % 3) throw new InvalidDataException();
                workers.Synchronize();
            }));
        }

        workers.Run(3, _ => workers.Synchronize());
    }

    [Fact]
    public void A_barrier_is_refused_where_not_every_part_has_a_thread_of_its_own()
    {
        using var workers = new Workers(2);
        Assert.Throws<InvalidOperationException>(workers.Synchronize);
        Assert.ThrowsAny<Exception>(() => workers.Run(3, _ => workers.Synchronize()));
    }

    [Fact]
    public void A_run_inside_a_run_is_refused()
    {
        using var workers = new Workers(2);
        Assert.Throws<InvalidOperationException>(() => workers.Run(2, part =>
        {
            if (part == 1) workers.Run(2, _ => { });
        }));
        workers.Run(2, _ => { });
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var workers = new Workers(2);
        Action<int> nothing = _ => { };
        workers.Run(2, nothing);
        Allocations.AssertNone(() =>
        {
            for (var run = 0; run < 100; run++) workers.Run(2, nothing);
        });
    }

    [Fact]
    public void Workers_that_are_disposed_of_run_nothing_more()
    {
        foreach (var threads in new[] { 1, 2 })
        {
            var workers = new Workers(threads);
            workers.Run(2, _ => { });
            workers.Dispose();
            workers.Dispose();
            Assert.Throws<ObjectDisposedException>(() => workers.Run(2, _ => { }));
        }
    }

    [Fact]
    public void The_single_worker_serves_many_threads_at_once_and_cannot_be_disposed_of()
    {
        var total = 0;
        Parallel.For(0, 100, _ => Workers.Single.Run(10, part => Interlocked.Add(ref total, part)));
        Assert.Equal(4500, total);
        Assert.Throws<InvalidOperationException>(Workers.Single.Dispose);
    }

    [Fact]
    public void There_is_at_least_one_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));
}
