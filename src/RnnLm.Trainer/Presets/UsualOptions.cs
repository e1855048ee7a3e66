namespace RnnLm.Training;

/// <summary>What options are where nobody has set them. As it is made it is <see cref="TrainingPreset.Plain"/>.</summary>
internal sealed record UsualOptions
{
    public CellKind Cell { get; init; } = CellKind.Lstm;

    public int Layers { get; init; } = 2;

    public int EmbeddingSize { get; init; } = 200;

    public int HiddenSize { get; init; } = 200;

    public int? ProjectionSize { get; init; }

    public bool Tied { get; init; }

    public double Dropout { get; init; } = 0.2;

    public Func<Softmax> Softmax { get; init; } = () => new FullSoftmax();

    public Func<Regularization> Regularization { get; init; } = () => new Regularization();

    public Func<Optimizer> Optimizer { get; init; } = () => new Adam();

    public Func<LearningRateSchedule> Schedule { get; init; } = () => new PlateauSchedule();

    public Func<WeightAveraging>? Averaging { get; init; }

    public double GradientClip { get; init; } = 0.25;

    public double StateResetProbability { get; init; } = 0.1;

    public int BatchSize { get; init; } = 20;

    public int Window { get; init; } = 35;

    public bool RandomWindow { get; init; }

    public bool PartialShuffle { get; init; }

    public int Epochs { get; init; } = 20;

    public int Patience { get; init; } = 3;

    /// <summary>Whether much text is learned by gradient descent; see <see cref="Presets.ForLength"/>.</summary>
    public bool MayDescend { get; init; }
}
