using RnnLm.Faults;
using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm;

/// <summary>Everything that decides how a network is built and trained.</summary>
/// <remarks>
/// Where training goes on from a model, <see cref="Cell"/>, <see cref="Layers"/>, <see cref="EmbeddingSize"/>, <see cref="HiddenSize"/>,
/// <see cref="ProjectionSize"/>, <see cref="Tied"/> and the clusters of an adaptive <see cref="Softmax"/> are the model's. Those that nobody has set follow it, and one that is set to
/// something else is refused by name.
/// </remarks>
public sealed partial class TrainingOptions
{
    private const int MaximumBeyondWindow = 20; // four deviations of a length that is drawn

    private CellKind? cell;
    private int? layers;
    private int? embeddingSize;
    private int? hiddenSize;
    private bool? tied;
    private int? projectionSize;
    private double? forgetBias;
    private double? dropout;
    private double? gradientClip;
    private double? stateResetProbability;
    private int? batchSize;
    private int? window;
    private bool? randomWindow;
    private bool? partialShuffle;
    private int? epochs;
    private int? patience;
    private int? seed;
    private OptionPart<Softmax> softmax = new(new FullSoftmax(), part => part.Clone());
    private OptionPart<Regularization> regularization = new(new Regularization(), part => part.Clone());
    private OptionPart<Optimizer> optimizer = new(new Adam(), part => part.Clone());
    private WeightAveraging? averaging;
    private bool isAveragingSet;
    private OptionPart<LearningRateSchedule> schedule = new(new PlateauSchedule(), part => part.Clone());

    /// <summary>The recurrent cell.</summary>
    /// <value>The default is <see cref="CellKind.Lstm"/>.</value>
    public CellKind Cell
    {
        get => cell ?? usual.Cell;
        set => cell = value;
    }

    /// <summary>The number of recurrent layers, 1 to 16.</summary>
    /// <value>The default is 2.</value>
    public int Layers
    {
        get => layers ?? usual.Layers;
        set => layers = value;
    }

    /// <summary>The size of a word's embedding, 1 to 16,384.</summary>
    /// <value>The default is 200.</value>
    public int EmbeddingSize
    {
        get => embeddingSize ?? (IsOfOneSize ? hiddenSize : null) ?? usual.EmbeddingSize;
        set => embeddingSize = value;
    }

    /// <summary>The size of a layer's hidden state, 1 to 16,384.</summary>
    /// <value>The default is 200.</value>
    public int HiddenSize
    {
        get => hiddenSize ?? (IsOfOneSize ? embeddingSize : null) ?? usual.HiddenSize;
        set => hiddenSize = value;
    }

    /// <summary>
    /// The size to which a layer's hidden state is projected before it is handed on and fed back (Sak, Senior and Beaufays 2014), from 1 to
    /// below <see cref="HiddenSize"/>: a large memory with small matrices. Only <see cref="CellKind.Lstm"/> and <see cref="CellKind.Cifg"/>
    /// have it. Where <see cref="Tied"/>, the last layer's projection has the <see cref="EmbeddingSize"/>.
    /// </summary>
    /// <value>Null, the default, means no projection.</value>
    public int? ProjectionSize
    {
        get => projectionSize ?? UsualProjectionSize;
        set => projectionSize = value;
    }

    /// <summary>
    /// What is added to the biases of forget gates before training begins, from −20 to 20: with 0 half of the memory is kept from word to word at
    /// first, with 1 nearly three quarters (Gers, Schmidhuber and Cummins 2000; Jozefowicz, Zaremba and Sutskever 2015). Only
    /// <see cref="CellKind.Lstm"/> and <see cref="CellKind.Cifg"/> have them, and a training that begins with weights that are there already leaves them as they are.
    /// </summary>
    /// <value>
    /// The default is 0, as in PyTorch: on a corpus of 0.2 million words a bias of 1, which others advise, was worse after two epochs (LSTM 227 instead of
    /// 221, CIFG 238 instead of 222).
    /// </value>
    public double ForgetBias
    {
        get => forgetBias ?? 0;
        set => forgetBias = value;
    }

    /// <summary>Whether the output layer shares the embedding's matrix.</summary>
    /// <value>The default is false.</value>
    public bool Tied
    {
        get => tied ?? UsualTied;
        set => tied = value;
    }

    /// <summary>
    /// The share of values dropped from the embedding, between layers, and before the output layer (Zaremba 2014), wherever <see cref="Regularization"/> has
    /// none of its own; from 0 to below 1.
    /// </summary>
    /// <value>The default is 0.2.</value>
    public double Dropout
    {
        get => dropout ?? usual.Dropout;
        set => dropout = value;
    }

    /// <summary>What keeps a network from learning its corpus by heart, beside <see cref="Dropout"/>.</summary>
    /// <value>The default does nothing.</value>
    public Regularization Regularization
    {
        get => regularization.Value!;
        set => regularization.Choose(value);
    }

    /// <summary>How the probability of a word is learned.</summary>
    /// <value>The default is a <see cref="FullSoftmax"/>.</value>
    public Softmax Softmax
    {
        get => softmax.Value!;
        set => softmax.Choose(value);
    }

    /// <summary>How gradients become updates, and the learning rate at the start.</summary>
    /// <value>The default is <see cref="Adam"/>.</value>
    public Optimizer Optimizer
    {
        get => optimizer.Value!;
        set => optimizer.Choose(value);
    }

    /// <summary>How the learning rate changes.</summary>
    /// <value>The default is a <see cref="PlateauSchedule"/>.</value>
    public LearningRateSchedule Schedule
    {
        get => schedule.Value!;
        set => schedule.Choose(value);
    }

    /// <summary>How the weights that training passes through are averaged.</summary>
    /// <value>Null, the default, averages none.</value>
    public WeightAveraging? Averaging
    {
        get => averaging;
        set => (averaging, isAveragingSet) = (value, true);
    }

    /// <summary>The greatest norm of all gradients together; a longer gradient is scaled down to it. Above 0.</summary>
    /// <value>The default is 0.25.</value>
    public double GradientClip
    {
        get => gradientClip ?? (IsOptimizerOther ? Presets.Plain : usual).GradientClip;
        set => gradientClip = value;
    }

    /// <summary>How the corpus is cut into batches.</summary>
    /// <value>The default is <see cref="BatchMode.Streams"/>.</value>
    public BatchMode BatchMode { get; set; } = BatchMode.Streams;

    /// <summary>
    /// How likely it is that a stream's state is reset at a line end, from 0 to 1: the line that follows is then read from the zero state,
    /// which is where every text begins that a model is asked about. Other line ends follow in every epoch. With 0 a network hardly knows
    /// how a text begins; with 1 no state crosses lines.
    /// </summary>
    /// <value>The default is 0.1. It has no effect on rows, each of which is read from the zero state anyway.</value>
    public double StateResetProbability
    {
        get => stateResetProbability ?? usual.StateResetProbability;
        set => stateResetProbability = value;
    }

    /// <summary>
    /// The number of parallel streams, or of rows in a batch; at least 1. <see cref="BatchSize"/> times <see cref="Window"/> is at
    /// most 16,777,216 words.
    /// </summary>
    /// <value>The default is 20.</value>
    public int BatchSize
    {
        get => batchSize ?? usual.BatchSize;
        set => batchSize = value;
    }

    /// <summary>The number of words over which errors are propagated back in time; at least 1.</summary>
    /// <value>The default is 35.</value>
    public int Window
    {
        get => window ?? usual.Window;
        set => window = value;
    }

    /// <summary>
    /// Whether the length of each window is drawn (Merity 2018), so that the corpus is cut at other places in every epoch: from a normal distribution of deviation 5
    /// around <see cref="Window"/>, or, 5 times of 100, around half of it; at least 5 words and at most 20 more than <see cref="Window"/>. The learning rate of a
    /// window is multiplied by its length over <see cref="Window"/>. Only with <see cref="BatchMode.Streams"/>.
    /// </summary>
    /// <value>The default is false.</value>
    public bool RandomWindow
    {
        get => randomWindow ?? (usual.RandomWindow && BatchMode == BatchMode.Streams);
        set => randomWindow = value;
    }

    /// <summary>
    /// Whether each stream begins at another, random place of its piece of the corpus in every epoch and goes on at the piece's beginning, with its state
    /// reset, when it has come to its end (Press 2019). Every word is a target once an epoch all the same. Only with <see cref="BatchMode.Streams"/>.
    /// </summary>
    /// <value>The default is false.</value>
    public bool PartialShuffle
    {
        get => partialShuffle ?? (usual.PartialShuffle && BatchMode == BatchMode.Streams);
        set => partialShuffle = value;
    }

    /// <summary>The greatest number of passes over the corpus; at least 1.</summary>
    /// <value>The default is 20.</value>
    public int Epochs
    {
        get => epochs ?? usual.Epochs;
        set => epochs = value;
    }

    /// <summary>
    /// How long training may take, validation included; above 0. Training stops early enough for a last validation that takes as
    /// long as the one before it. Only a limit that ends within the first epoch is exceeded, by the time that one validation takes.
    /// </summary>
    /// <value>Null, the default, sets no limit.</value>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>After how many epochs without a better validation perplexity training stops; at least 1.</summary>
    /// <value>The default is 3. It has no effect without validation data, before an average of weights has begun, and with a schedule that runs over the whole of a run: one cycle or a cosine.</value>
    public int Patience
    {
        get => patience ?? usual.Patience;
        set => patience = value;
    }

    /// <summary>What every random choice follows from: the same seed, data and number of threads give the same weights bit for bit.</summary>
    /// <value>The default is 1. In a pipeline it is drawn from the seed of <c>MLContext</c>, anew each time where the context has none.</value>
    public int Seed
    {
        get => seed ?? UsualSeed;
        set => seed = value;
    }

    /// <summary>What <see cref="Seed"/> is where nobody has set it, and no checkpoint has another.</summary>
    internal int UsualSeed { get; set; } = 1;

    /// <summary>The greatest number of words in a window.</summary>
    internal int GreatestWindow => RandomWindow ? Window + MaximumBeyondWindow : Window;

    /// <summary>Whether <see cref="Seed"/> is what somebody has set it to.</summary>
    internal bool IsSeedSet => seed is not null;

    /// <summary>Whether somebody has set the number of epochs.</summary>
    internal bool AreEpochsSet => epochs is not null;

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

    /// <summary>
    /// Ends training early when cancelled; what has been learned so far is kept. Where that is nothing, training ends with
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Where and how often the run writes down all that it consists of, so that it can go on from there, and whether it goes on from there itself.</summary>
    /// <value>Null, the default, writes no checkpoints.</value>
    public CheckpointOptions? Checkpoint { get; set; }

    /// <summary>
    /// The file into which the run writes its history as it happens: lines of JSON, which <see cref="TrainingHistory.Read(string)"/> reads. One that is there is
    /// replaced, unless it is of a run that goes on from a checkpoint, which is continued. Where it cannot be written when training begins, training does not
    /// begin; a fault later never ends training: <see cref="HistoryFailed"/> tells of it, and <see cref="TrainingResult.HistoryFault"/>. Of two runs that
    /// write one file at once, one is told so.
    /// </summary>
    /// <value>Null, the default, writes none.</value>
    public string? History { get; set; }

    /// <summary>What <see cref="History"/> is written by.</summary>
    internal FileSystem HistoryFiles { get; set; } = FileSystem.Real;

    /// <summary>Where the run is paused, so that it can go on from its checkpoint: nothing else follows from it.</summary>
    internal TrainingPause Pause { get; set; }

    /// <summary>The shape of the network that these options describe.</summary>
    /// <param name="vocabularySize">The number of words, the special ones included.</param>
    /// <exception cref="TrainingOptionsException">An option that has options of its own is null.</exception>
    public NetworkShape ShapeFor(int vocabularySize)
    {
        RequireParts();
        return new()
        {
            Cell = Cell,
            VocabularySize = vocabularySize,
            EmbeddingSize = EmbeddingSize,
            HiddenSize = HiddenSize,
            ProjectionSize = ProjectionSize,
            Layers = Layers,
            Tied = Tied,
            AdaptiveSoftmax = Softmax.ClustersOf(vocabularySize),
        };
    }

    /// <summary>Makes a copy, for whoever needs to change an option without changing the caller's. The listener is the same object.</summary>
    public TrainingOptions Clone()
    {
        var copy = (TrainingOptions)MemberwiseClone();
        copy.softmax = softmax.Clone();
        copy.regularization = regularization.Clone();
        copy.optimizer = optimizer.Clone();
        copy.schedule = schedule.Clone();
        copy.averaging = averaging?.Clone();
        copy.Checkpoint = Checkpoint?.Clone();
        return copy;
    }

    /// <summary>These options for a network that is there already: what nobody has set of its shape follows it.</summary>
    /// <param name="shape">The network's sizes.</param>
    /// <exception cref="TrainingOptionsException">What is set of its shape is not as in the network: every such option is named.</exception>
    internal TrainingOptions Following(NetworkShape shape)
    {
        RequireParts();
        var faults = new OptionFaults();
        faults.RequireAsInModel(cell is null || Cell == shape.Cell, nameof(Cell), Networks.Cell.Of(Cell).Name, shape.CellDescription.Name);
        faults.RequireAsInModel(layers is null || Layers == shape.Layers, nameof(Layers), Layers, shape.Layers);
        faults.RequireAsInModel(embeddingSize is null || EmbeddingSize == shape.EmbeddingSize, nameof(EmbeddingSize), EmbeddingSize, shape.EmbeddingSize);
        faults.RequireAsInModel(hiddenSize is null || HiddenSize == shape.HiddenSize, nameof(HiddenSize), HiddenSize, shape.HiddenSize);
        faults.RequireAsInModel(projectionSize is null || ProjectionSize == shape.ProjectionSize, nameof(ProjectionSize), ProjectionSize, shape.ProjectionSize);
        faults.RequireAsInModel(tied is null || Tied == shape.Tied, nameof(Tied), Tied, shape.Tied);
        if (forgetBias is not null) faults.Add(nameof(ForgetBias), Invariant($"{ForgetBias}"), "left out where training goes on from a model, whose gates have learned theirs");
        if (softmax.IsSet) Softmax.AddDifferences(shape.AdaptiveSoftmax, faults, nameof(Softmax));
        faults.ThrowIfAny(all => new TrainingOptionsException(all));

        var copy = Clone();
        (copy.Cell, copy.Layers, copy.EmbeddingSize, copy.HiddenSize, copy.Tied) = (shape.Cell, shape.Layers, shape.EmbeddingSize, shape.HiddenSize, shape.Tied);
        copy.ProjectionSize = shape.ProjectionSize;
        if (shape.AdaptiveSoftmax is { } clusters) copy.Softmax = new AdaptiveSoftmax { Cutoffs = clusters.Cutoffs, DivisionFactor = clusters.DivisionFactor };
        return copy;
    }
}
