using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>One training of all ranks, as one of them sees it: what they agree on in its course.</summary>
internal sealed class SharedTraining : ITrainingEngine
{
    private const int FewestThreads = 1;

    private readonly Synchronization synchronization;
    private readonly SharedTime time;
    private readonly CancellationTokenSource cancellation = new();
    private readonly CancellationToken ownCancellation;

    /// <param name="name">The engine's name.</param>
    /// <param name="communicator">The ranks, two at least.</param>
    /// <param name="synchronization">How they keep together.</param>
    /// <param name="own">The run as this rank alone would have it.</param>
    /// <param name="identity">What it consists of.</param>
    /// <exception cref="InvalidOperationException">Another rank is about to begin another run.</exception>
    public SharedTraining(string name, Communicator communicator, Synchronization synchronization, RunParts own, IReadOnlyDictionary<string, string> identity)
    {
        Name = name;
        this.synchronization = synchronization;
        Communicator = communicator;
        communicator.Enter();
        RankIdentity.RequireAlike(communicator, identity);
        time = new SharedTime(own.Time);
        ownCancellation = own.Options.CancellationToken;
        var options = own.Options.Clone();
        options.Threads ??= ThreadsForEach();
        options.CancellationToken = cancellation.Token;
        if (communicator.Rank > 0) (options.Progress, options.History) = (null, null);
        Parts = new RunParts(options, this, time, batchSize =>
        {
            Windows = new SharedWindows(SourceOfAll(own.SourceOf, batchSize), communicator.Rank, communicator.Count);
            return Windows;
        });
    }

    /// <summary>The ranks.</summary>
    public Communicator Communicator { get; }

    /// <summary>The run as it is for this rank.</summary>
    public RunParts Parts { get; }

    /// <summary>This rank's share of the corpus; there when the run begins.</summary>
    public SharedWindows Windows { get; private set; } = null!;

    public string Name { get; }

    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
    {
        var own = options.Clone();
        own.Seed = SeedOf(options.Seed, Communicator.Rank);
        try
        {
            return synchronization.Begin(new ManagedSession(initial, own, wordCounts), this, initial);
        }
        catch
        {
            Communicator.Break();
            throw;
        }
    }

    /// <summary>Agrees with the other ranks on the time, and on whether the run is cancelled; each adds some numbers, which all of them get.</summary>
    /// <param name="numbers">This rank's.</param>
    /// <returns>Those of every rank.</returns>
    public double[][] Agree(params ReadOnlySpan<double> numbers)
    {
        double[] own = [time.Own.Ticks, ownCancellation.IsCancellationRequested ? 1 : 0, .. numbers];
        var all = Communicator.GatherAll<double>(Exchange.Agreement, own).Chunk(own.Length).ToArray();
        time.Set(TimeSpan.FromTicks((long)all[0][0]));
        if (all.Any(rank => rank[1] != 0)) cancellation.Cancel();
        return [.. all.Select(rank => rank[2..])];
    }

    /// <summary>Ends this rank's part.</summary>
    public void End()
    {
        try
        {
            Communicator.Leave();
        }
        catch (RankException)
        {
            // The others are still at it: they are told by it that this rank is not.
        }
        cancellation.Dispose();
    }

    /// <summary>The windows of all ranks.</summary>
    /// <param name="sourceOf">Gives the corpus as windows of so many streams or rows.</param>
    /// <param name="batchSize">Those of each rank.</param>
    /// <exception cref="TrainingDataException">The corpus is too short for them, as every rank finds.</exception>
    private IWindowSource SourceOfAll(Func<int, IWindowSource> sourceOf, int batchSize)
    {
        try
        {
            return sourceOf(checked(batchSize * Communicator.Count));
        }
        catch (TrainingDataException)
        {
            End();
            throw StreamBatches.TooFewWords(sourceOf(1).TargetCount, batchSize, Communicator.Count);
        }
    }

    // What each rank draws is its own; of the first it is what one alone would draw.
    private static int SeedOf(int seed, int rank) => unchecked(seed + rank * (int)0x9E3779B1);

    /// <summary>As many threads as there are processors for each of the ranks on a machine, on the machine that has the fewest.</summary>
    private int ThreadsForEach()
    {
        var machines = Communicator.GatherAny<char>(Exchange.Identity, Environment.MachineName).Select(name => new string(name)).ToList();
        var here = machines.Count(name => name == Environment.MachineName);
        return Communicator.GatherAll<int>(Exchange.Identity, [Math.Max(FewestThreads, Environment.ProcessorCount / here)]).Min();
    }
}
