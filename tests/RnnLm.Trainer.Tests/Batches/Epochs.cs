using RnnLm.Tests;

namespace RnnLm.Training.Tests;

/// <summary>What the windows of an epoch held.</summary>
internal sealed class Epochs
{
    public List<(int Input, int Target)> Pairs { get; } = [];

    /// <summary>The targets of each stream, window after window.</summary>
    public List<int>[] Streams { get; private init; } = [];

    /// <summary>Whether each window starts from the zero state.</summary>
    public List<bool> Starts { get; } = [];

    public int PaddingCount { get; private set; }

    public static Epochs Read(IWindowSource source, Window window, int epoch)
    {
        var read = new Epochs { Streams = [.. Enumerable.Range(0, window.BatchSize).Select(_ => new List<int>())] };
        for (source.Begin(epoch); source.Fill(window);)
        {
            read.Starts.Add(window.StartsFresh);
            var count = 0;
            for (var cell = 0; cell < window.Targets.Length; cell++)
            {
                if (window.Targets[cell] == Window.Padding)
                {
                    read.PaddingCount++;
                    continue;
                }
                count++;
                read.Pairs.Add((window.Inputs[cell], window.Targets[cell]));
                read.Streams[cell % window.BatchSize].Add(window.Targets[cell]);
            }
            Assert.Equal(count, window.TargetCount);
            Assert.InRange(window.Length, 1, window.Capacity);
            Assert.True(count > 0, "A window without a target teaches nothing.");
        }
        return read;
    }

    public static long BytesAllocated(IWindowSource source, Window window)
    {
        var epoch = 0;
        return Allocations.Of(() =>
        {
            for (source.Begin(++epoch); source.Fill(window);) { }
        });
    }
}
