using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Whoever is measured: the managed engine and managed inference in this process, the peers in theirs, each started when it is first asked.</summary>
sealed class Sides : IDisposable
{
    private readonly string folder;
    private readonly string python;
    private readonly string? commandLine;
    private readonly Lazy<string> ourModel;
    private readonly Lazy<string> peerModel;
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("rnnlm-bench-");
    private readonly SortedSet<string> peerNames = [];
    private PeerProcess? pyTorch;
    private PeerProcess? torchSharp;

    /// <param name="folder">The folder of the peers' scripts.</param>
    /// <param name="python">The interpreter that has PyTorch.</param>
    /// <param name="commandLine">The published <c>rnnlm</c>, where there is one.</param>
    public Sides(string folder, string python, string? commandLine)
    {
        this.folder = folder;
        this.python = python;
        this.commandLine = commandLine;
        ourModel = new(SaveOurModel);
        peerModel = new(SavePeerModel);
    }

    /// <summary>The number of threads of either side in training.</summary>
    public int Threads { get; } = Environment.ProcessorCount;

    public ITrainingEngine ManagedEngine { get; } = new ManagedEngine();

    public PeerProcess PyTorch => pyTorch ??= Start(python, Script("pytorch.py"));

    public PeerProcess TorchSharp => torchSharp ??= Start("dotnet", typeof(Sides).Assembly.Location, "torch");

    /// <summary>The peers that were asked, and their versions.</summary>
    public IEnumerable<string> PeerNames => peerNames;

    /// <summary>
    /// Ends the peers' processes. How fast one of them is differs by up to a third from that of the next, for as long as it lives; so each
    /// round of a case starts new ones.
    /// </summary>
    public void EndPeers()
    {
        pyTorch?.Dispose();
        torchSharp?.Dispose();
        pyTorch = torchSharp = null;
    }

    /// <summary>The published command line, from its start to a first prediction.</summary>
    /// <exception cref="PeerMissingException">There is no published command line.</exception>
    public ColdStart StartOurs()
        => ColdStart.Measure(python, Script("startup.py"),
            [commandLine ?? throw new PeerMissingException("no published rnnlm was named"), "predict", ourModel.Value, RandomModel.Word(17)]);

    /// <summary>PyTorch, from its start to a first prediction.</summary>
    public ColdStart StartPyTorch() => ColdStart.Measure(python, Script("startup.py"), [python, Script("cold_start.py"), peerModel.Value]);

    public void Dispose()
    {
        EndPeers();
        models.Delete(recursive: true);
    }

    private PeerProcess Start(string program, params string[] arguments)
    {
        var peer = new PeerProcess(program, arguments, Threads);
        peerNames.Add(peer.Name);
        return peer;
    }

    private string Script(string name) => Path.Combine(folder, name);

    private string SaveOurModel()
    {
        var path = Path.Combine(models.FullName, "ours.rnnlm");
        RandomModel.Create(ColdStart.Network).Save(path);
        return path;
    }

    private string SavePeerModel()
    {
        var path = Path.Combine(models.FullName, "peer.pt");
        ChildProcess.Run(python, Script("cold_start.py"), "save", path);
        return path;
    }
}
