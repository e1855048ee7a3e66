using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// How a model goes on learning from the text that it predicts (Krause 2018, <i>Dynamic evaluation of neural sequence models</i>). The text is
/// read in windows. After the words of a window have been predicted, every weight <c>w</c> moves by the gradient <c>g</c> of their mean
/// cross-entropy and back towards the trained weight <c>w₀</c>: <c>w ← w − η g + λ (w₀ − w)</c>, or with <see cref="Scales"/>, which give
/// each weight the usual size <c>s</c> of its gradient, <c>w ← w − η g / (s + ε) + min(λ s / s̄, 1) (w₀ − w)</c>.
/// </summary>
public sealed record DynamicEvaluation
{
    private const double LearningRateWithoutScales = 0.5;
    private const double LearningRateWithScales = 0.004;
    private const double DecayWithoutScales = 0.001;
    private const double DecayWithScales = 0.003;

    // Of more words at a time nothing is learned sooner, and their logits take memory.
    private const int MostWords = 1024;

    private readonly double? learningRate;
    private readonly double? decay;

    /// <summary>The learning rate <c>η</c>; at least 0. With 0 a model predicts as it was trained to.</summary>
    /// <value>The default is 0.5 without <see cref="Scales"/>, and 0.004 with them.</value>
    public double LearningRate
    {
        get => learningRate ?? (Scales is null ? LearningRateWithoutScales : LearningRateWithScales);
        init => learningRate = value;
    }

    /// <summary>The share <c>λ</c> of the way back to the trained weights that is gone after each window; from 0 to 1.</summary>
    /// <value>The default is 0.001 without <see cref="Scales"/>, and 0.003 with them.</value>
    public double Decay
    {
        get => decay ?? (Scales is null ? DecayWithoutScales : DecayWithScales);
        init => decay = value;
    }

    /// <summary>The number of words after which the weights are moved; at least 1.</summary>
    /// <value>The default is 20.</value>
    public int Window { get; init; } = 20;

    /// <summary>What <c>ε</c> the scale of a gradient is raised by, so that weights that hardly ever have one do not leap; above 0. It has no effect without <see cref="Scales"/>.</summary>
    /// <value>The default is 0.002.</value>
    public double Epsilon { get; init; } = 0.002;

    /// <summary>The usual size of each weight's gradient.</summary>
    /// <value>Null, the default, moves all weights at one rate.</value>
    public GradientScales? Scales { get; init; }

    /// <summary>Throws where a setting is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more settings are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireFinite(LearningRate >= 0, nameof(LearningRate), LearningRate, "from 0");
        faults.RequireFinite(Decay is >= 0 and <= 1, nameof(Decay), Decay, "from 0 to 1");
        faults.RequireBetween(nameof(Window), Window, 1, MostWords);
        faults.RequireFinite(Epsilon > 0, nameof(Epsilon), Epsilon, "above 0");
        faults.ThrowIfAny(nameof(DynamicEvaluation));
    }

    /// <summary>The settings, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"dynamic evaluation, rate {LearningRate:G4}, decay {Decay:G4}, windows of {Window} words{(Scales is null ? "" : FormattableString.Invariant($", scaled, epsilon {Epsilon:G4}"))}");
}
