using RnnLm.Benchmarks.Measurements;
using RnnLm.Training;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Whoever is measured: the managed engine and managed inference in this process, the peers in theirs, each started when it is first asked.</summary>
sealed class Sides : IDisposable
{
    private readonly string folder;
    private readonly string python;
    private readonly string? commandLine;
    private readonly Lazy<PeerProcess> pyTorch;
    private readonly Lazy<PeerProcess> torchSharp;
    private readonly Lazy<string> ourModel;
    private readonly Lazy<string> peerModel;
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("rnnlm-bench-");

    /// <param name="folder">The folder of the peers' scripts.</param>
    /// <param name="python">The interpreter that has PyTorch.</param>
    /// <param name="commandLine">The published <c>rnnlm</c>, where there is one.</param>
    public Sides(string folder, string python, string? commandLine)
    {
        this.folder = folder;
        this.python = python;
        this.commandLine = commandLine;
        pyTorch = new(() => new PeerProcess(python, [Script("pytorch.py")], Threads));
        torchSharp = new(() => new PeerProcess("dotnet", [typeof(Sides).Assembly.Location, "torch"], Threads));
        ourModel = new(SaveOurModel);
        peerModel = new(SavePeerModel);
    }

    /// <summary>The number of threads of either side in training.</summary>
    public int Threads { get; } = Environment.ProcessorCount;

    public ITrainingEngine ManagedEngine { get; } = new ManagedEngine();

    public PeerProcess PyTorch => pyTorch.Value;

    public PeerProcess TorchSharp => torchSharp.Value;

    /// <summary>The peers that were asked.</summary>
    public IEnumerable<PeerProcess> Asked => new[] { pyTorch, torchSharp }.Where(peer => peer.IsValueCreated).Select(peer => peer.Value);

    /// <summary>The published command line, from its start to a first prediction.</summary>
    /// <exception cref="PeerMissingException">There is no published command line.</exception>
    public ColdStart StartOurs()
        => ColdStart.Measure(python, Script("startup.py"),
            [commandLine ?? throw new PeerMissingException("no published rnnlm was named"), "predict", ourModel.Value, RandomModel.Word(17)]);

    /// <summary>PyTorch, from its start to a first prediction.</summary>
    public ColdStart StartPyTorch() => ColdStart.Measure(python, Script("startup.py"), [python, Script("cold_start.py"), peerModel.Value]);

    public void Dispose()
    {
        foreach (var peer in Asked) peer.Dispose();
        models.Delete(recursive: true);
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
