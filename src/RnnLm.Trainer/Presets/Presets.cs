namespace RnnLm.Training;

/// <summary>What each preset comes to.</summary>
internal static class Presets
{
    // With fewer words the full softmax costs little more than a sampled one.
    private const int WorthSampling = 6_000;

    // The L2 penalty of a corpus: each word's share of it in the mean loss is the less the more words there are. bench/QUALITY.md has what others came to.
    private const double PenaltyOfCorpus = 5;
    private const double PenaltyOfDescent = 2.5;
    private const double GreatestPenalty = 1e-4;

    // Of a corpus of so many words, where so many are learned in all, each as often as it is, gradient descent makes more than Adam. bench/QUALITY.md has both.
    private const long MuchText = 1_000_000;
    private const double LongTraining = 1e7;

    // Of a corpus of so few words, each of which is soon learned often, what the last layer puts out is penalised.
    private const long LittleText = 250_000;
    private const double ActivationPenalty = 2;

    // What is taken for a corpus where none is known yet.
    private const long NominalWords = 500_000;

    public static UsualOptions Plain { get; } = new();

    public static UsualOptions Small { get; } = Averaged with
    {
        Layers = 1,
        EmbeddingSize = 300,
        HiddenSize = 300,
        Dropout = 0.3,
        Regularization = () => new Regularization { WeightDropout = 0.2 },
        Epochs = 10,
    };

    public static UsualOptions Medium { get; } = OneCycle with
    {
        Layers = 1,
        EmbeddingSize = 400,
        HiddenSize = 400,
        Regularization = () => new Regularization { InputDropout = 0.4, OutputDropout = 0.4, HiddenDropout = 0.3, WeightDropout = 0.3, ActivationPenalty = ActivationPenalty },
        MayDescend = true,
        Epochs = 20,
    };

    public static UsualOptions Large { get; } = OneCycle with
    {
        Layers = 2,
        EmbeddingSize = 400,
        HiddenSize = 800,
        Regularization = () => new Regularization { InputDropout = 0.5, OutputDropout = 0.4, HiddenDropout = 0.3, WeightDropout = 0.4, ActivationPenalty = ActivationPenalty },
        MayDescend = true,
        Epochs = 40,
    };

    public static UsualOptions Mobile { get; } = Averaged with
    {
        Cell = CellKind.Cifg,
        Layers = 1,
        EmbeddingSize = 96,
        HiddenSize = 670,
        ProjectionSize = 96,
        Dropout = 0.1,
        Epochs = 10,
    };

    /// <summary>With a learning rate that stays as it is, and an average of the weights that the end of a run passes through.</summary>
    private static UsualOptions Averaged => Common with { Schedule = () => new ConstantSchedule(), Averaging = () => new ExponentialAverage() };

    /// <summary>With a learning rate that goes through one cycle (Smith 2018).</summary>
    private static UsualOptions OneCycle => Common with { Schedule = () => new OneCycleSchedule { Warmup = 0.15 } };

    /// <summary>
    /// What presets have in common: Adam, tied, with batches that differ from epoch to epoch. Its L2 penalty, which Adam enlarges where gradients are rare, keeps
    /// rare words from being learned by heart.
    /// </summary>
    private static UsualOptions Common => new()
    {
        Tied = true,
        Optimizer = () => OptimizerFor(NominalWords),
        GradientClip = 1,
        BatchSize = 32,
        StateResetProbability = 0.05,
        RandomWindow = true,
        PartialShuffle = true,
    };

    /// <summary>What a preset comes to where nothing is known of the corpus yet.</summary>
    public static UsualOptions NominalOf(TrainingPreset preset) => preset switch
    {
        TrainingPreset.Small => Small,
        TrainingPreset.Medium => Medium,
        TrainingPreset.Large => Large,
        TrainingPreset.Mobile => Mobile,
        _ => Plain,
    };

    /// <summary>What a preset comes to.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="basis">What it rests on.</param>
    /// <param name="costOf">See <see cref="AutomaticPreset.Choose"/>.</param>
    public static UsualOptions Of(TrainingPreset preset, PresetBasis basis, Func<UsualOptions, double> costOf)
    {
        var usual = preset == TrainingPreset.Auto ? AutomaticPreset.Choose(basis, size => costOf(SuitedTo(basis, size))) : NominalOf(preset);
        return usual == Plain ? usual : SuitedTo(basis, usual);
    }

    /// <summary>What a preset comes to for the length of a training: much text is learned by large steps of gradient descent, which fall all along, where there is the time.</summary>
    /// <param name="basis">What is known of the corpus.</param>
    /// <param name="usual">What it comes to by that.</param>
    /// <param name="wordsInAll">How many words are learned, each as often as it is.</param>
    public static UsualOptions ForLength(PresetBasis basis, UsualOptions usual, double wordsInAll) => basis.MayDescend && usual.MayDescend && basis.Words >= MuchText && wordsInAll >= LongTraining
        ? usual with { Optimizer = () => new Sgd { WeightDecay = PenaltyOfDescent / basis.Words }, Schedule = () => new CosineSchedule(), GradientClip = Plain.GradientClip, BatchSize = Plain.BatchSize }
        : usual;

    private static UsualOptions SuitedTo(PresetBasis basis, UsualOptions usual)
    {
        var suited = usual with { Optimizer = () => OptimizerFor(basis.Words) };
        if (basis.Words <= LittleText) suited = suited with { Regularization = () => Penalized(usual.Regularization()) };
        return !basis.IsPortable && basis.VocabularySize >= WorthSampling ? suited with { Softmax = () => new SampledSoftmax() } : suited;
    }

    private static Adam OptimizerFor(long words) => new() { LearningRate = 0.006, Beta2 = 0.99, WeightDecay = Math.Min(PenaltyOfCorpus / words, GreatestPenalty) };

    private static Regularization Penalized(Regularization regularization)
    {
        regularization.ActivationPenalty = ActivationPenalty;
        return regularization;
    }
}
