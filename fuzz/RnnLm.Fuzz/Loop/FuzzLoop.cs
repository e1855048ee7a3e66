using System.Diagnostics;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz.Loop;

/// <summary>Reads input after input, each made of one that was read before; where coverage is measured, those that reach something new are kept to go on from.</summary>
internal sealed class FuzzLoop
{
    private const int MostMutations = 4;
    private const int GreatestInput = 1 << 16;
    private const int MostKept = 20_000;

    private readonly FuzzTarget target;
    private readonly LoopOptions options;
    private readonly Coverage coverage;
    private readonly Dice dice;
    private readonly List<byte[]> corpus;
    private readonly Dictionary<string, string> faults = [];
    private readonly TimeSpan processorTimeBefore = Environment.CpuUsage.TotalTime;
    private long executions;
    private long accepted;

    /// <param name="target">The target.</param>
    /// <param name="seeds">What to begin with.</param>
    /// <param name="options">When to end.</param>
    /// <param name="coverage">What measures coverage.</param>
    public FuzzLoop(FuzzTarget target, IEnumerable<byte[]> seeds, LoopOptions options, Coverage coverage)
    {
        this.target = target;
        this.options = options;
        this.coverage = coverage;
        dice = new Dice(options.Seed);
        corpus = [.. seeds];
        if (corpus.Count == 0) corpus.Add([]);
    }

    /// <summary>Called with each input before it is read.</summary>
    public event Action<byte[]>? Reading;

    /// <summary>Called with each input that was read.</summary>
    public event Action? HasRead;

    /// <summary>Called with the first input that shows a fault, and with the fault.</summary>
    public event Action<byte[], Outcome>? FaultFound;

    /// <summary>Called with an input that is kept.</summary>
    public event Action<byte[]>? Kept;

    /// <summary>Called every now and then with what has been reached.</summary>
    public event Action<string>? Progress;

    /// <summary>Runs until it is to end.</summary>
    /// <returns>What has been reached.</returns>
    public LoopResult Run()
    {
        var watch = Stopwatch.StartNew();
        var nextReport = TimeSpan.FromSeconds(10);
        foreach (var seed in corpus.ToArray()) Read(seed);
        while (executions < options.Executions && watch.Elapsed < options.Time)
        {
            var input = Mutated();
            if (Read(input) && corpus.Count < MostKept)
            {
                corpus.Add(input);
                Kept?.Invoke(input);
            }
            if (watch.Elapsed < nextReport) continue;
            Progress?.Invoke(Result(watch.Elapsed).ToString());
            nextReport += TimeSpan.FromSeconds(10);
        }
        return Result(watch.Elapsed);
    }

    private LoopResult Result(TimeSpan time) => new(target.Name, executions, accepted, time, Environment.CpuUsage.TotalTime - processorTimeBefore, coverage.IsMeasured ? coverage.Edges : null, corpus.Count, faults.Count);

    private byte[] Mutated()
    {
        // Half of the time one of the newest, which has something that the others have not.
        var input = dice.Chance(50) ? dice.Pick(corpus) : corpus[Math.Max(0, corpus.Count - 1 - dice.Below(Math.Min(corpus.Count, 20 + (corpus.Count / 5))))];
        dice.Donor = dice.Pick(corpus);
        for (var times = 1 + dice.Below(MostMutations); times > 0; times--) input = target.Mutation.Apply(input, dice);
        return input.Length <= GreatestInput ? input : input[..GreatestInput];
    }

    /// <returns>Whether the input reached something new.</returns>
    private bool Read(byte[] input)
    {
        executions++;
        Reading?.Invoke(input);
        coverage.Begin();
        var outcome = Execution.Run(target, input);
        var isNew = coverage.End();
        HasRead?.Invoke();
        if (outcome.IsAccepted) accepted++;
        if (!outcome.IsFault) return isNew;
        if (faults.TryAdd(outcome.Place!, outcome.Fault!)) FaultFound?.Invoke(input, outcome);
        return false;
    }
}
