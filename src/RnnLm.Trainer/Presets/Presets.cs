namespace RnnLm.Training;

/// <summary>What each preset comes to.</summary>
internal static class Presets
{
    // With fewer words the full softmax costs little more than a sampled one.
    private const int WorthSampling = 6_000;

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
    public static UsualOptions Of(TrainingPreset preset, PresetBasis basis)
    {
        var usual = preset == TrainingPreset.Auto ? AutomaticPreset.Choose(basis) : NominalOf(preset);
        if (basis.IsPortable) return usual.Portable();
        return preset != TrainingPreset.Plain && usual != Plain && basis.VocabularySize >= WorthSampling ? usual with { Softmax = () => new SampledSoftmax() } : usual;
    }

    public static UsualOptions Plain { get; } = new();

    public static UsualOptions Small { get; } = new()
    {
        Layers = 1,
        EmbeddingSize = 200,
        HiddenSize = 200,
        Tied = true,
        Dropout = 0.3,
        BatchSize = 32,
        Epochs = 12,
    };

    public static UsualOptions Medium { get; } = new()
    {
        EmbeddingSize = 400,
        HiddenSize = 400,
        Tied = true,
        Dropout = 0.4,
        BatchSize = 64,
        Epochs = 15,
    };

    public static UsualOptions Large { get; } = new()
    {
        EmbeddingSize = 512,
        HiddenSize = 1024,
        Tied = true,
        Dropout = 0.5,
        BatchSize = 64,
        Epochs = 30,
    };

    public static UsualOptions Mobile { get; } = new()
    {
        Layers = 1,
        EmbeddingSize = 96,
        HiddenSize = 670,
        Tied = true,
        Dropout = 0.2,
        BatchSize = 64,
        Epochs = 12,
    };
}
