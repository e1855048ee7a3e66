using System.Text.Json.Serialization;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>A network and the batches it is trained with: what both sides of a comparison have in common.</summary>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="Size">The size of embedding and hidden state.</param>
sealed record NetworkSetting(CellKind Cell, int Size)
{
    /// <summary>The words of WikiText-2.</summary>
    public const int WikiText2Words = 33_278;

    public int Layers { get; init; } = 2;

    public int Vocabulary { get; init; } = 10_000;

    public int Batch { get; init; } = 20;

    public int Window { get; init; } = 35;

    public double Dropout { get; init; } = 0.2;

    /// <summary>Whether weights are updated by Adam, and not by gradient descent.</summary>
    public bool WithAdam { get; init; }

    /// <summary>How our side learns the probability of a word; the peers always use the full softmax.</summary>
    [JsonIgnore]
    public Softmax Softmax { get; init; } = new FullSoftmax();

    [JsonIgnore]
    public int WordsInWindow => Batch * Window;

    /// <summary>
    /// The floating-point operations of a word in training: two for each weight forward, four backward,
    /// <c>6 (H V + Σ gates · H (I + H))</c>.
    /// </summary>
    [JsonIgnore]
    public double OperationsPerWord
    {
        get
        {
            var shape = Shape;
            var weights = (double)shape.OutputSize * shape.VocabularySize;
            for (var layer = 0; layer < shape.Layers; layer++)
                weights += (double)shape.Gates * shape.OutputSizeOf(layer) * (shape.InputSizeOf(layer) + shape.OutputSizeOf(layer));
            return 6 * weights;
        }
    }

    [JsonIgnore]
    public NetworkShape Shape => Options(threads: 1).ShapeFor(Vocabulary);

    /// <summary>How the network is called where only prediction is meant.</summary>
    public string Describe() => $"{Cell} {Layers}x{Size}, vocabulary {Vocabulary:N0}";

    public string DescribeWithBatches() => $"{Describe()}, batch {Batch}, window {Window}{(WithAdam ? ", Adam" : "")}";

    /// <summary>A rate at which weights stay small.</summary>
    [JsonIgnore]
    public double LearningRate => WithAdam ? 0.001 : 0.1;

    public TrainingOptions Options(int threads) => new()
    {
        Cell = Cell,
        Layers = Layers,
        EmbeddingSize = Size,
        HiddenSize = Size,
        Dropout = Dropout,
        Softmax = Softmax,
        Optimizer = WithAdam ? new Adam() : new Sgd(),
        BatchSize = Batch,
        Window = Window,
        Threads = threads,
    };

    /// <summary>A network of random weights.</summary>
    public Network RandomNetwork(bool quantized = false)
    {
        var network = new Network(RandomWeights());
        return quantized ? network.Quantize() : network;
    }

    public NetworkWeights RandomWeights() => WeightInitialization.Create(Shape, seed: 1);
}
