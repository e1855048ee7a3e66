using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Whoever is measured: the managed engine and managed inference in this process, libtorch in one of its own that is started when it is first asked.</summary>
sealed class Sides : IDisposable
{
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("rnnlm-bench-");
    private readonly Lazy<string> ourModel;
    private readonly Lazy<string> peerModel;
    private PeerProcess? libtorch;

    public Sides()
    {
        ourModel = new(() => Saved("ours.rnnlm", path => RandomModel.Create(ColdStart.Network).Save(path)));
        peerModel = new(() => Saved("peer.dat", path => ChildProcess.Run(ChildProcess.ThisProgram, "libtorch", "save", path)));
    }

    /// <summary>The number of threads of either side in training.</summary>
    public int Threads { get; } = Environment.ProcessorCount;

    public ITrainingEngine ManagedEngine { get; } = new ManagedEngine();

    public PeerProcess Libtorch
    {
        get
        {
            libtorch ??= new PeerProcess(Threads);
            PeerName = libtorch.Name;
            return libtorch;
        }
    }

    /// <summary>The peer and its version, once it was asked.</summary>
    public string? PeerName { get; private set; }

    /// <summary>
    /// Ends the peer's process. How fast one of them is differs by up to a third from that of the next, for as long as it lives; so each
    /// round of a case starts a new one.
    /// </summary>
    public void EndPeer()
    {
        libtorch?.Dispose();
        libtorch = null;
    }

    /// <summary>The published <c>rnnlm</c>, from its start to a first prediction.</summary>
    public ColdStart OurStart(string commandLine) => new(commandLine, "predict", ourModel.Value, RandomModel.Word(17));

    /// <summary>A .NET program that loads libtorch and does nothing but predict, from its start to a first prediction.</summary>
    public ColdStart PeerStart() => new(ChildProcess.ThisProgram, "libtorch", "predict", peerModel.Value);

    public void Dispose()
    {
        EndPeer();
        models.Delete(recursive: true);
    }

    private string Saved(string name, Action<string> save)
    {
        var path = Path.Combine(models.FullName, name);
        save(path);
        return path;
    }
}
