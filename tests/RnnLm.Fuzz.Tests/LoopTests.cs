using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz.Tests;

/// <summary>The loop itself, on readers that have faults.</summary>
public sealed class LoopTests
{
    [Fact]
    public void An_exception_that_no_documentation_names_is_a_fault_and_found()
    {
        var (result, faults) = Run(new FaultyTarget(input => _ = input[3]));

        Assert.Equal(1, result.Faults);
        Assert.Contains("IndexOutOfRangeException", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_out_of_proportion_is_a_fault_and_found()
    {
        var (_, faults) = Run(new FaultyTarget(input => _ = new byte[input.Length > 0 && input[0] == 'm' ? 1 << 26 : 0]));

        Assert.Contains("were allocated for an input of", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_told_once_however_many_inputs_show_it()
    {
        var (result, faults) = Run(new FaultyTarget(_ => throw new InvalidCastException("always")));

        Assert.Single(faults);
        Assert.Equal(1, result.Faults);
        Assert.Equal(0, result.Accepted);
    }

    [Fact]
    public void What_is_documented_is_no_fault()
    {
        var (result, faults) = Run(new FaultyTarget(_ => throw new ModelFormatException("always")));

        Assert.Empty(faults);
        Assert.Equal(0, result.Accepted);
        Assert.Equal(500, result.Executions);
    }

    private static (LoopResult Result, List<string> Faults) Run(FuzzTarget target)
    {
        var faults = new List<string>();
        var loop = new FuzzLoop(target, target.CreateSeeds().Select(seed => seed.Content), new LoopOptions { Executions = 500 }, new Coverage());
        loop.FaultFound += (_, outcome) => faults.Add(outcome.Fault!);
        return (loop.Run(), faults);
    }

    private sealed class FaultyTarget(Action<byte[]> read) : FuzzTarget
    {
        public override string Name => "faulty";

        public override string Summary => "a reader that has a fault";

        public override IMutation Mutation => ByteMutation.Instance;

        public override IEnumerable<(string Name, byte[] Content)> CreateSeeds() => [("seed", "memory"u8.ToArray())];

        public override void Read(byte[] input) => read(input);

        public override bool IsDocumented(Exception exception) => exception is ModelFormatException;
    }
}
