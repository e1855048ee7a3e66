using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Whoever is measured: the managed engine and managed inference in this process, each peer in one of its own that is started when it is first asked.</summary>
sealed class Sides : IDisposable
{
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("rnnlm-bench-");
    private readonly SortedSet<string> peerNames = [];
    private readonly SortedDictionary<string, SortedSet<string>> ways = [];
    private readonly Lazy<string> ourModel;
    private readonly Lazy<string> peerModel;
    private readonly Lazy<PipelineModel> pipelineModel;
    private PeerProcess? libtorch;
    private PeerProcess? onnxRuntime;
    private PeerProcess? oneThread;

    public Sides()
    {
        ourModel = new(() => Saved("ours.rnnlm", path => RandomModel.Create(ColdStart.Network).Save(path)));
        peerModel = new(() => Saved("peer.onnx", path => File.WriteAllBytes(path, OnnxStepGraph.FileOf(ColdStart.Network.RandomWeights(), OnnxOutputProduct.Gemm))));
        pipelineModel = new(() => PipelineModel.Large(models.FullName));
    }

    /// <summary>The number of threads of either side in training.</summary>
    public int Threads { get; } = Environment.ProcessorCount;

    public ITrainingEngine ManagedEngine { get; } = new ManagedEngine();

    /// <summary>The peers that were asked, and how they were fastest where they have several ways.</summary>
    public IEnumerable<string> Peers => [.. peerNames, .. ways.Select(way => $"{way.Key}: {string.Join(" or ", way.Value)}")];

    public double Libtorch(PeerRequest request) => Ask(libtorch ??= Start("libtorch", LibtorchSettings.For(Threads)), request);

    public double OnnxRuntime(PeerRequest request) => Ask(onnxRuntime ??= Start("onnxruntime"), request);

    /// <summary>Managed inference on one thread.</summary>
    public double OneThread(PeerRequest request) => (oneThread ??= new PeerProcess("managed", ("DOTNET_PROCESSOR_COUNT", "1"))).Measure(request).Figure;

    /// <summary>
    /// Ends the peers' processes, and ours beside them. How fast one of them is differs by up to a third from that of the next, for as long as it lives; so each
    /// round of a case starts a new one.
    /// </summary>
    public void EndPeers()
    {
        libtorch?.Dispose();
        onnxRuntime?.Dispose();
        oneThread?.Dispose();
        (libtorch, onnxRuntime, oneThread) = (null, null, null);
    }

    /// <summary>The published <c>rnnlm</c>, from its start to a first prediction.</summary>
    public ColdStart OurStart(string commandLine) => new(commandLine, "predict", ourModel.Value, RandomModel.Word(17));

    /// <summary>A .NET program that loads ONNX Runtime and does nothing but predict, from its start to a first prediction.</summary>
    public ColdStart PeerStart() => new(ChildProcess.ThisProgram, "onnxruntime", "predict", peerModel.Value);

    /// <summary>A model of 303 MB for an ML.NET pipeline, made when it is first asked for.</summary>
    public PipelineModel PipelineModel => pipelineModel.Value;

    public void Dispose()
    {
        EndPeers();
        models.Delete(recursive: true);
    }

    private PeerProcess Start(string verb, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var peer = new PeerProcess(verb, environment);
        peerNames.Add(peer.Name);
        return peer;
    }

    private double Ask(PeerProcess peer, PeerRequest request)
    {
        var answer = peer.Measure(request);
        if (answer.Way is { } way)
        {
            if (!ways.TryGetValue(request.Name, out var chosen)) ways.Add(request.Name, chosen = []);
            chosen.Add(way);
        }
        return answer.Figure;
    }

    private string Saved(string name, Action<string> save)
    {
        var path = Path.Combine(models.FullName, name);
        save(path);
        return path;
    }
}
