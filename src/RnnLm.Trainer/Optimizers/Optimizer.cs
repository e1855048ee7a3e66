using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>How gradients become updates: <see cref="Sgd"/>, <see cref="Adam"/> or <see cref="AdamW"/>.</summary>
public abstract class Optimizer : IOptionObject
{
    private protected OptionValues values = new();
    private readonly double usualLearningRate;

    private protected Optimizer(double learningRate) => usualLearningRate = learningRate;

    /// <summary>The learning rate at the start; above 0.</summary>
    /// <value>The default is 20 for <see cref="Sgd"/>, and 0.002 for <see cref="Adam"/> and <see cref="AdamW"/>.</value>
    public double LearningRate
    {
        get => values.Get<double>(usualLearningRate);
        set => values.Put(value);
    }

    /// <summary>
    /// The decay of weights: an L2 penalty for <see cref="Sgd"/> and <see cref="Adam"/>, decoupled for <see cref="AdamW"/>; at least 0.
    /// </summary>
    /// <value>The default is 0.</value>
    public double WeightDecay
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    OptionValues IOptionObject.Values => values;

    /// <summary>Its name in a description: <c>adam</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>Makes what changes the weights.</summary>
    /// <param name="parameters">The parameters, each known from here on by its position.</param>
    internal abstract WeightUpdate CreateUpdate(IReadOnlyList<NetworkParameter> parameters);

    /// <summary>Adds what is out of range.</summary>
    internal virtual void AddFaults(OptionFaults faults)
    {
        faults.RequireFinite(LearningRate > 0, nameof(LearningRate), LearningRate, "above 0");
        faults.RequireFinite(WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "at least 0");
    }

    /// <summary>Its options as a model file keeps them.</summary>
    internal virtual IEnumerable<(string Name, string Value)> Describe() =>
    [
        ("optimizer", Name),
        ("learning_rate", Invariant($"{LearningRate}")),
        ("weight_decay", Invariant($"{WeightDecay}")),
    ];

    internal Optimizer Clone()
    {
        var copy = (Optimizer)MemberwiseClone();
        copy.values = values.Clone();
        return copy;
    }
}
