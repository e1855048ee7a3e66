using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// Trains one network by several processes, on one machine or on many, which <c>mpiexec</c> of MPICH starts: <c>mpiexec -n 4 --hosts one,two application</c>. Each of them, a rank, runs the same
/// program, reads the same text, and learns by the managed engine from its share of the streams, or rows: <see cref="TrainingOptions.BatchSize"/> is that of a rank. All of them get the model;
/// rank 0 alone writes checkpoints and history, and tells of the progress.
/// </summary>
/// <remarks>
/// <para>The same text, options and numbers of ranks and threads give the same weights, bit for bit, also after an interruption: what the ranks have is added in their order. With one rank
/// they are those of <see cref="ManagedEngine"/>.</para>
/// <para>Every option is honoured. Time limit and cancellation, which may be that of any rank, are looked at whenever the ranks exchange something. A rank that fails, or whose process ends, ends the
/// training of all, after which these processes train together no more.</para>
/// <para>MPI begins in a process when it is asked for first, and ends with the process.</para>
/// </remarks>
public sealed class MpiEngine : ISharedEngine
{
    private readonly Func<Communicator> find;
    private readonly Synchronization synchronization;

    /// <summary>Makes an engine.</summary>
    /// <param name="synchronization">How the ranks keep together; null means <see cref="LocalSteps"/>. It is copied.</param>
    /// <exception cref="ArgumentException">An option of it is out of range.</exception>
    public MpiEngine(Synchronization? synchronization = null)
        : this(synchronization, () => MpiCommunicator.World)
    {
    }

    internal MpiEngine(Synchronization? synchronization, Func<Communicator> find)
    {
        this.synchronization = synchronization?.Clone() ?? new LocalSteps();
        if (this.synchronization.Faults.ToList() is [_, ..] faults) throw new ArgumentException(string.Join(" ", faults), nameof(synchronization));
        this.find = find;
    }

    /// <summary>This process's rank, from 0.</summary>
    /// <exception cref="InvalidOperationException">MPI is missing on this machine; the message says what helps.</exception>
    public int Rank => find().Rank;

    /// <summary>The number of ranks; 1 where <c>mpiexec</c> has not started the process.</summary>
    /// <exception cref="InvalidOperationException">MPI is missing on this machine; the message says what helps.</exception>
    public int Ranks => find().Count;

    /// <summary>How long this rank has been exchanging messages in all trainings until now, waiting for others included.</summary>
    public TimeSpan CommunicationTime => find().Elapsed;

    /// <summary>The bytes that this rank has sent in all trainings until now.</summary>
    public long BytesSent => find().BytesSent;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">MPI is missing on this machine; the message says what helps.</exception>
    public string Name => FormattableString.Invariant($"mpi, {Ranks} {(Ranks == 1 ? "rank" : "ranks")}, {synchronization.Describe(Ranks)}");

    bool ISharedEngine.Writes => Rank == 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">MPI is missing on this machine; the message says what helps.</exception>
    public void Check(TrainingOptions options) => find();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There are several ranks, and what is asked for is no training of a <see cref="LanguageModelTrainer"/>.</exception>
    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null) => Ranks == 1
        ? new ManagedEngine().Start(initial, options, wordCounts)
        : throw new NotSupportedException($"{Ranks} ranks train together by a {nameof(LanguageModelTrainer)} alone, and do not look for a learning rate. Look for it with the managed engine, in one process.");

    double ISharedEngine.OfFirst(double own) => find().GatherAll<double>(Exchange.Identity, [own])[0];

    RunParts ISharedEngine.Share(RunParts own, IReadOnlyDictionary<string, string> identity)
        => Ranks == 1 ? own : new SharedTraining(Name, find(), synchronization, own, identity).Parts;
}
