using RnnLm.Training;

namespace RnnLm;

// What options are where nobody has set them.
public sealed partial class TrainingOptions
{
    private TrainingPreset preset = TrainingPreset.Auto;
    private UsualOptions usual = new();
    private PresetBasis? basis;

    /// <summary>
    /// What is used for options that nobody has set: where it is not <see cref="TrainingPreset.Plain"/>, it comes before the defaults that they name. What it
    /// comes to stands in <see cref="TrainingStarted.Options"/> and in the model's training record.
    /// </summary>
    /// <value>The default is <see cref="TrainingPreset.Auto"/>.</value>
    public TrainingPreset Preset
    {
        get => preset;
        set
        {
            preset = value;
            Use(Presets.NominalOf(value));
        }
    }

    /// <summary>
    /// The share of the run after which it is compared with others first. An average that nobody has set begins by then: what is to be averaged is not judged by
    /// what it is without.
    /// </summary>
    internal double ComparedFrom { get; set; } = 1;

    /// <summary>These options with what nobody has set as the preset has it for a corpus.</summary>
    internal TrainingOptions SettledFor(PresetBasis basis)
    {
        RequireParts();
        var copy = Clone();
        copy.basis = basis;
        var usual = Presets.Of(Preset, basis, CostOf);
        copy.Use(usual);
        if (!optimizer.IsSet && !schedule.IsSet && Cell == usual.Cell)
            copy.Use(Presets.ForLength(basis, usual, Math.Min((double)basis.Words * copy.Epochs, basis.WordsInTime(CostOf(usual)) ?? double.PositiveInfinity)));
        return copy;

        double CostOf(UsualOptions usual)
        {
            var options = Clone();
            options.Use(usual);
            return TrainingCost.OfWord(options.ShapeFor(basis.VocabularySize), options.Softmax);
        }
    }

    /// <summary>Takes what options are where nobody has set them.</summary>
    private void Use(UsualOptions usual)
    {
        this.usual = usual;
        softmax.Use(usual.Softmax());
        regularization.Use(UsualRegularization());
        optimizer.Use(usual.Optimizer());
        schedule.Use((IsOptimizerOther ? Presets.Plain : usual).Schedule());
        if (isAveragingSet) return;
        averaging = schedule.IsSet || IsOptimizerOther ? null : usual.Averaging?.Invoke();
        if (averaging is ExponentialAverage exponential) exponential.Start *= ComparedFrom;
    }

    /// <summary>That of the preset; whoever sets <see cref="Dropout"/> wants no other in its place.</summary>
    private Regularization UsualRegularization()
    {
        var regularization = usual.Regularization();
        if (dropout is not null) regularization.InputDropout = regularization.HiddenDropout = regularization.OutputDropout = null;
        return regularization;
    }

    /// <summary>Whether those are the defaults that the options name.</summary>
    private bool IsPlain => usual == Presets.Plain;

    /// <summary>Whether whoever sets the size of the embedding or that of the hidden state means both, as they are one in the preset.</summary>
    private bool IsOfOneSize => !IsPlain && usual.EmbeddingSize == usual.HiddenSize;

    /// <summary>Whether somebody has chosen an optimizer to which it does not suit how a preset's learning rate goes, and how gradients are clipped.</summary>
    private bool IsOptimizerOther => optimizer.IsSet && optimizer.Value is not (AdaptiveMomentOptimizer or null);

    /// <summary>As the preset has it, where it goes with what somebody has set.</summary>
    private bool UsualTied => usual.Tied && softmax.Value is null or { HasMatrixToShare: true } && (projectionSize is null || Layers > 1 || projectionSize == EmbeddingSize);

    /// <summary>That of the preset, where it goes with the sizes that somebody has set: one that is the embedding's size stays so.</summary>
    private int? UsualProjectionSize
    {
        get
        {
            var size = usual.ProjectionSize == usual.EmbeddingSize ? EmbeddingSize : usual.ProjectionSize;
            return usual.ProjectionSize is not null && Cell == usual.Cell && size < HiddenSize ? size : null;
        }
    }
}
