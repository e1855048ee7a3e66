using RnnLm.Faults;
using RnnLm.Reasons;

namespace RnnLm;

/// <summary>
/// How it is found out how much each word of a context moved a prediction: <see cref="LeaveOneOut"/>, or the package RnnLm.Trainer's <c>GradientTimesInput</c>.
/// </summary>
public abstract class ExplanationMethod
{
    internal ExplanationMethod()
    {
    }

    /// <summary>Its name, as it stands in a sentence.</summary>
    internal abstract string Name { get; }

    /// <summary>Adds what is out of range.</summary>
    internal virtual void AddFaults(OptionFaults faults)
    {
    }

    /// <summary>Throws where it cannot explain what a model predicts.</summary>
    /// <param name="network">The model's network; null where the model's probabilities are not those of one network.</param>
    /// <exception cref="NotSupportedException">It cannot.</exception>
    internal virtual void Check(Network? network)
    {
    }

    /// <summary>How much each of the explained words moved the prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <returns>By how much the log-probability, in nats, and the probability are higher for each word: one for each explained word.</returns>
    internal abstract (double Nats, double Probability)[] Measure(ExplainedPrediction prediction);
}
