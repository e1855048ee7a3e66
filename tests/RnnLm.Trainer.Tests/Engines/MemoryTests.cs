using RnnLm.Tests;

namespace RnnLm.Training.Tests.Engines;

/// <summary>Memory. One thread does all the work where allocations are counted, so that none is made unseen by another.</summary>
public class MemoryTests
{
    public static TheoryData<CellKind, bool, string> Networks => new()
    {
        { CellKind.Elman, false, "sgd" },
        { CellKind.Relu, true, "adam" },
        { CellKind.Lstm, false, "adamw" },
        { CellKind.Lstm, true, "sgd" },
        { CellKind.Gru, false, "adam" },
    };

    [Fact]
    public void With_a_projection_too_training_allocates_nothing_after_the_first_windows()
        => AssertAllocatesNothing(Cases.Shape(CellKind.Cifg, tied: true, projection: 11), "adam");

    [Theory]
    [MemberData(nameof(Networks))]
    public void After_the_first_windows_training_allocates_nothing(CellKind cell, bool tied, string optimizer)
        => AssertAllocatesNothing(Cases.Shape(cell, tied), optimizer);

    private static void AssertAllocatesNothing(NetworkShape shape, string optimizer)
    {
        var options = Cases.Options(shape, dropout: 0.2, threads: 1);
        options.Optimizer = Cases.Optimizer(optimizer);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
        var windows = Enumerable.Range(0, 5).Select(seed => Cases.Window(shape, 3, 8, seed, padded: seed % 2 == 0, fresh: seed % 2 == 0, resets: true)).ToArray();
        void Work()
        {
            foreach (var window in windows) session.Train(window, 0.01);
        }

        Work();
        session.Evaluate(Cases.Stream(shape, 1500), default);
        Allocations.AssertNone(Work);
    }

    [Fact]
    public void Nor_does_it_where_it_is_regularized_in_every_way_and_windows_are_of_any_length()
    {
        var shape = Cases.Shape(CellKind.Lstm, tied: true);
        var options = Cases.Options(shape, threads: 1);
        Checkpoints.Rehearsal.Regularize(options);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
        var windows = Enumerable.Range(0, 5).Select(seed =>
        {
            var window = new Window(3, 12) { Length = 12 - seed };
            var filled = Cases.Window(shape, 3, window.Length, seed, padded: seed % 2 == 0, fresh: seed % 2 == 0, resets: true);
            filled.Inputs.CopyTo(window.Inputs);
            filled.Targets.CopyTo(window.Targets);
            filled.Resets.CopyTo(window.Resets);
            window.TargetCount = filled.TargetCount;
            return window;
        }).ToArray();
        void Work()
        {
            foreach (var window in windows) session.Train(window, 0.01);
        }

        Work();
        Allocations.AssertNone(Work);
    }

    [Fact]
    public void The_thread_that_trains_allocates_nothing_with_others_to_help_it()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.2, threads: 2));
        var window = Cases.Window(shape, 3, 8, seed: 1);
        session.Train(window, 0.01);
        Allocations.AssertNone(() =>
        {
            for (var step = 0; step < 20; step++) session.Train(window, 0.01);
        });
    }

    [Fact]
    public void Logits_of_a_whole_window_are_never_held()
    {
        var shape = Cases.Shape(CellKind.Elman, layers: 1, vocabulary: 5_000, embedding: 8, hidden: 8);
        var options = Cases.Options(shape, threads: 1);
        var weights = Cases.Weights(shape);
        var window = Cases.Window(shape, 10, 300, seed: 1, fresh: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var session = new ManagedEngine().Start(weights, options);
        session.Train(window, 0.01);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long logits = sizeof(float) * 10L * 300 * shape.VocabularySize;
        Assert.True(allocated < logits / 5, $"{allocated:N0} bytes were allocated; the logits of the window are {logits:N0}.");
    }

    [Fact]
    public void Memory_grows_with_the_window_and_not_with_the_number_of_windows()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        long Allocated(int length, int windows)
        {
            var window = Cases.Window(shape, 4, length, seed: 1, fresh: true);
            return Allocations.Of(() =>
            {
                using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.1, threads: 1));
                for (var step = 0; step < windows; step++) session.Train(window, 0.01);
            });
        }

        var once = Allocated(50, 1);
        Assert.InRange(Allocated(50, 10), 0.99 * once, 1.01 * once);
        var grown = Allocated(100, 1) - once;
        Assert.InRange(Allocated(200, 1) - once, 2.8 * grown, 3.2 * grown);
    }
}
