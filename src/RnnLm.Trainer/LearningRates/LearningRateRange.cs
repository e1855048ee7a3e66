using RnnLm.Faults;

namespace RnnLm;

/// <summary>The learning rates that <see cref="LanguageModelTrainer.FindLearningRate(Vocabulary, TokenStream, LearningRateRange?, NetworkWeights?)"/> tries.</summary>
public sealed class LearningRateRange
{
    /// <summary>The first learning rate; above 0 and below the last.</summary>
    /// <value>Null, the default, means a hundredth of the optimizer's.</value>
    public double? Lowest { get; set; }

    /// <summary>The last learning rate, unless the loss diverges before.</summary>
    /// <value>Null, the default, means a hundred times the optimizer's.</value>
    public double? Highest { get; set; }

    /// <summary>The number of windows, each of which is trained with a rate that is a constant factor higher than that of the one before; from 20 on. The more
    /// there are, the more is learned with each rate, and the clearer the curve.</summary>
    /// <value>The default is 400.</value>
    public int Windows { get; set; } = 400;

    /// <summary>The ends of the range, resolved.</summary>
    /// <param name="usual">The optimizer's learning rate.</param>
    /// <exception cref="ArgumentException">The range is none.</exception>
    internal (double Lowest, double Highest) Resolve(double usual)
    {
        var faults = new OptionFaults();
        var (lowest, highest) = (Lowest ?? usual / 100, Highest ?? usual * 100);
        faults.RequireFinite(lowest > 0, nameof(Lowest), lowest, "above 0");
        faults.RequireFinite(highest > lowest, nameof(Highest), highest, Invariant($"above {nameof(Lowest)}, which is {lowest}"));
        faults.RequireAtLeast(nameof(Windows), Windows, LearningRateCurve.WindowsAtStart);
        faults.ThrowIfAny(all => new ArgumentException(string.Join(' ', all)));
        return (lowest, highest);
    }
}
