namespace RnnLm.Training;

/// <summary>
/// How gradients change weights. One update is one pass in which each weight is read and written once; any number of threads may
/// take part, each with ranges of its own.
/// </summary>
internal abstract class Optimizer
{
    /// <summary>Whether a weight may change where its gradient is zero.</summary>
    public abstract bool MovesWithoutGradient { get; }

    /// <summary>Makes the optimizer that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="parameters">The parameters, each known from here on by its position.</param>
    public static Optimizer Create(TrainingOptions options, IReadOnlyList<NetworkParameter> parameters) => options.Optimizer switch
    {
        OptimizerKind.Sgd => new StochasticGradientDescent(parameters, options.WeightDecay),
        OptimizerKind.Adam => new Adam(parameters, options.WeightDecay, isDecayDecoupled: false),
        OptimizerKind.AdamW => new Adam(parameters, options.WeightDecay, isDecayDecoupled: true),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "No such optimizer."),
    };

    /// <summary>Begins an update.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="gradientScale">What every gradient is to be multiplied by, from clipping.</param>
    public abstract void BeginUpdate(double learningRate, double gradientScale);

    /// <summary>Changes a range of a parameter's weights.</summary>
    /// <param name="parameter">The parameter's position.</param>
    /// <param name="start">The index of the first weight.</param>
    /// <param name="gradient">The gradients of that weight and those after it.</param>
    public abstract void Update(int parameter, int start, ReadOnlySpan<float> gradient);
}
