using RnnLm.Training;
using System.Globalization;

namespace RnnLm;

/// <summary>Everything that decides how a network is built and trained.</summary>
public sealed class TrainingOptions
{
    /// <summary>The recurrent cell.</summary>
    /// <value>The default is <see cref="CellKind.Lstm"/>.</value>
    public CellKind Cell { get; set; } = CellKind.Lstm;

    /// <summary>The number of recurrent layers, 1 to 16.</summary>
    /// <value>The default is 2.</value>
    public int Layers { get; set; } = 2;

    /// <summary>The size of a word's embedding, 1 to 16,384.</summary>
    /// <value>The default is 200.</value>
    public int EmbeddingSize { get; set; } = 200;

    /// <summary>The size of a layer's hidden state, 1 to 16,384.</summary>
    /// <value>The default is 200.</value>
    public int HiddenSize { get; set; } = 200;

    /// <summary>Whether the output layer shares the embedding's matrix.</summary>
    /// <value>The default is false.</value>
    public bool Tied { get; set; }

    /// <summary>The share of values dropped from the embedding, between layers, and before the output layer (Zaremba 2014), from 0 to below 1.</summary>
    /// <value>The default is 0.2.</value>
    public double Dropout { get; set; } = 0.2;

    /// <summary>How the probability of a word is learned.</summary>
    /// <value>The default is <see cref="SoftmaxKind.Full"/>.</value>
    public SoftmaxKind Softmax { get; set; } = SoftmaxKind.Full;

    /// <summary>
    /// The number of different words that a sampled softmax draws for a window, at least 1. Where it is more than half of the
    /// vocabulary, every word is in the sample, and the softmax is the full one. It has no effect on other kinds of softmax.
    /// </summary>
    /// <value>The default is 1,024.</value>
    public int SampleCount { get; set; } = 1024;

    /// <summary>From which distribution a sampled softmax draws. It has no effect on other kinds of softmax.</summary>
    /// <value>The default is <see cref="SamplerKind.LogUniform"/>.</value>
    public SamplerKind Sampler { get; set; } = SamplerKind.LogUniform;

    /// <summary>
    /// The ids at which the clusters of an adaptive softmax begin: they increase, the first is at least 2, and the last is below the size of
    /// the vocabulary. The words below the first, the most frequent ones, are predicted at full size. Only for <see cref="SoftmaxKind.Adaptive"/>.
    /// </summary>
    /// <value>
    /// Null, the default, means a sixteenth and three tenths of the vocabulary: 2,079 and 9,983 of 33,278 words
    /// (<see cref="AdaptiveSoftmaxShape.DefaultCutoffs"/>).
    /// </value>
    public IReadOnlyList<int>? AdaptiveCutoffs { get; set; }

    /// <summary>
    /// By how much each cluster of an adaptive softmax has smaller features than the one before, the first than the head; at least 1. Only for
    /// <see cref="SoftmaxKind.Adaptive"/>.
    /// </summary>
    /// <value>The default is 4.</value>
    public double AdaptiveDivisionFactor { get; set; } = AdaptiveSoftmaxShape.DefaultDivisionFactor;

    /// <summary>How gradients become updates.</summary>
    /// <value>The default is <see cref="OptimizerKind.Adam"/>.</value>
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.Adam;

    /// <summary>The learning rate at the start.</summary>
    /// <value>Null, the default, means 20 for SGD and 0.002 for Adam and AdamW.</value>
    public double? LearningRate { get; set; }

    /// <summary>
    /// By what the learning rate is multiplied when an epoch has not improved validation perplexity, above 0 to 1; 1 leaves it as it is.
    /// Without validation data it is not annealed.
    /// </summary>
    /// <value>The default is 0.25.</value>
    public double Annealing { get; set; } = 0.25;

    /// <summary>The decay of weights: an L2 penalty for SGD and Adam, decoupled for AdamW; at least 0.</summary>
    /// <value>The default is 0.</value>
    public double WeightDecay { get; set; }

    /// <summary>The greatest norm of all gradients together; a longer gradient is scaled down to it. Above 0.</summary>
    /// <value>The default is 0.25.</value>
    public double GradientClip { get; set; } = 0.25;

    /// <summary>How the corpus is cut into batches.</summary>
    /// <value>The default is <see cref="BatchMode.Streams"/>.</value>
    public BatchMode BatchMode { get; set; } = BatchMode.Streams;

    /// <summary>
    /// The number of parallel streams, or of rows in a batch; at least 1. <see cref="BatchSize"/> times <see cref="Window"/> is at
    /// most 16,777,216 words.
    /// </summary>
    /// <value>The default is 20.</value>
    public int BatchSize { get; set; } = 20;

    /// <summary>The number of words over which errors are propagated back in time; at least 1.</summary>
    /// <value>The default is 35.</value>
    public int Window { get; set; } = 35;

    /// <summary>The greatest number of passes over the corpus; at least 1.</summary>
    /// <value>The default is 20.</value>
    public int Epochs { get; set; } = 20;

    /// <summary>
    /// How long training may take, validation included; above 0. Training stops early enough for a last validation that takes as
    /// long as the one before it. Only a limit that ends within the first epoch is exceeded, by the time that one validation takes.
    /// </summary>
    /// <value>Null, the default, sets no limit.</value>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>After how many epochs without a better validation perplexity training stops; at least 1.</summary>
    /// <value>The default is 3. It has no effect without validation data.</value>
    public int Patience { get; set; } = 3;

    /// <summary>What every random choice follows from: the same seed, data and number of threads give the same weights bit for bit.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>The number of threads, 1 to 1,024.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    /// <summary>
    /// Who is told of the progress; called on the training thread. A listener that throws is not told again; training goes on, and
    /// what was thrown stands in <see cref="TrainingResult.ListenerFault"/>.
    /// </summary>
    /// <value>Null, the default, tells nobody.</value>
    public IProgress<TrainingEvent>? Progress { get; set; }

    /// <summary>The least time between two <see cref="TrainingProgressed"/> events; zero tells of every window.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Ends training early when cancelled; what has been learned so far is kept.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>The learning rate at the start, with its default resolved.</summary>
    public double InitialLearningRate => LearningRate ?? (Optimizer == OptimizerKind.Sgd ? 20 : 0.002);

    /// <summary>The shape of the network that these options describe.</summary>
    /// <param name="vocabularySize">The number of words, the special ones included.</param>
    public NetworkShape ShapeFor(int vocabularySize) => new()
    {
        Cell = Cell,
        VocabularySize = vocabularySize,
        EmbeddingSize = EmbeddingSize,
        HiddenSize = HiddenSize,
        Layers = Layers,
        Tied = Tied,
        AdaptiveSoftmax = Softmax == SoftmaxKind.Adaptive
            ? new AdaptiveSoftmaxShape(AdaptiveCutoffs ?? AdaptiveSoftmaxShape.DefaultCutoffs(vocabularySize), AdaptiveDivisionFactor)
            : null,
    };

    /// <summary>Makes a copy, for whoever needs to change an option without changing the caller's.</summary>
    public TrainingOptions Clone() => (TrainingOptions)MemberwiseClone();

    /// <summary>Throws where an option is out of range, naming every fault at once.</summary>
    /// <exception cref="TrainingOptionsException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = TrainingOptionsValidator.FaultsOf(this);
        if (faults.Count > 0) throw new TrainingOptionsException(faults);
    }

    /// <summary>
    /// The options that decide what is learned, as a model file keeps them: names and choices in lower case with underscores, numbers in the
    /// invariant culture, defaults resolved. What is not set (a time limit, say) is left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Describe()
    {
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
        var description = new Dictionary<string, string>
        {
            ["cell"] = Cell.ToString().ToLowerInvariant(),
            ["layers"] = Text(Layers),
            ["embedding_size"] = Text(EmbeddingSize),
            ["hidden_size"] = Text(HiddenSize),
            ["tied"] = Tied ? "true" : "false",
            ["softmax"] = Softmax.ToString().ToLowerInvariant(),
            ["dropout"] = Text(Dropout),
            ["optimizer"] = Optimizer.ToString().ToLowerInvariant(),
            ["learning_rate"] = Text(InitialLearningRate),
            ["annealing"] = Text(Annealing),
            ["weight_decay"] = Text(WeightDecay),
            ["gradient_clip"] = Text(GradientClip),
            ["batch_mode"] = BatchMode.ToString().ToLowerInvariant(),
            ["batch_size"] = Text(BatchSize),
            ["window"] = Text(Window),
            ["epochs"] = Text(Epochs),
            ["patience"] = Text(Patience),
            ["seed"] = Text(Seed),
            ["threads"] = Text(Threads ?? Environment.ProcessorCount),
        };
        if (Softmax == SoftmaxKind.Sampled)
        {
            description["sample_count"] = Text(SampleCount);
            description["sampler"] = Sampler == SamplerKind.LogUniform ? "log_uniform" : "unigram";
        }
        if (Softmax == SoftmaxKind.Adaptive)
        {
            if (AdaptiveCutoffs is not null) description["adaptive_cutoffs"] = string.Join(",", AdaptiveCutoffs.Select(cutoff => Text(cutoff)));
            description["adaptive_division_factor"] = Text(AdaptiveDivisionFactor);
        }
        if (TimeLimit is { } limit) description["time_limit"] = limit.ToString("c", CultureInfo.InvariantCulture);
        return description;
    }
}
