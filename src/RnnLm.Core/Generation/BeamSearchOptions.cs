using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// How the most probable continuations are looked for: word by word, as many continuations at a time as the beam is wide, of which each goes on with every word and
/// the best are kept. Those that end are held against one another by their score, <c>log p / length^α</c>, and the search is over when none that goes on can
/// become better than those.
/// </summary>
public sealed class BeamSearchOptions
{
    /// <summary>The greatest <see cref="Width"/>.</summary>
    public const int MaximumWidth = 1024;

    /// <summary>How many continuations are gone on with at a time, from 1 to <see cref="MaximumWidth"/>. With 1 it is the most probable word each time, and any of its ends.</summary>
    /// <value>The default is 4.</value>
    public int Width { get; set; } = 4;

    /// <summary>
    /// The <c>α</c> of <c>log p / length^α</c>, a finite number from 0. With 0 the most probable continuation is the best, and that is a short one; with 1 it is the
    /// one of the most probable words in the mean. What ends a continuation, an end-of-line word or a stop text, counts in its length as in its probability.
    /// </summary>
    /// <value>The default is 1.</value>
    public double LengthNormalization { get; set; } = 1;

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(BeamSearchOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireBetween(nameof(Width), Width, 1, MaximumWidth);
        faults.RequireFinite(LengthNormalization >= 0, nameof(LengthNormalization), LengthNormalization, "from 0");
    }

    internal BeamSearchOptions Clone() => (BeamSearchOptions)MemberwiseClone();

    /// <summary>The score of a continuation.</summary>
    /// <param name="logProbability">The logarithm of its probability.</param>
    /// <param name="length">How many words it is of.</param>
    internal double Score(double logProbability, int length) => logProbability / Math.Pow(Math.Max(1, length), LengthNormalization);
}
